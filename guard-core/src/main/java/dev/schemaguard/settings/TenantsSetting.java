// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.tenants.Tenants;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tenants as an application's settings describe them. Immutable.
 *
 * @param prefix how the settings' names are written, for messages
 * @param schema the one schema of an application without tenants; null if none is set
 * @param schemas patterns of the tenants' schemas; empty if none are set
 * @param schemasFrom the query that lists the tenants' schemas; null if none is set
 */
public record TenantsSetting(
    SettingPrefix prefix,
    @Nullable String schema,
    List<String> schemas,
    @Nullable String schemasFrom) {

  /** Copies the list. */
  public TenantsSetting {
    schemas = List.copyOf(schemas);
  }

  /**
   * Returns the tenants, or empty if the settings do not name any.
   *
   * @throws ConfigurationException with the name of the setting, if it is meaningless or
   *     contradicts another one
   */
  public Optional<Tenants> tenants() {
    if (schemas.isEmpty() && schemasFrom == null) {
      return Optional.empty();
    }
    if (!schemas.isEmpty() && schemasFrom != null) {
      throw conflict("schemas", "schemas-from", "two ways to name the tenants");
    }
    if (schema != null) {
      throw conflict(
          schemas.isEmpty() ? "schemas-from" : "schemas",
          "schema",
          "tenants and the one schema '" + schema + "'");
    }
    return Optional.of(
        prefix.naming(
            () ->
                schemasFrom == null ? Tenants.schemas(schemas) : Tenants.schemasFrom(schemasFrom)));
  }

  private ConfigurationException conflict(String setting, String other, String both) {
    return new ConfigurationException(
        prefix.of(setting),
        prefix.of(other) + " is set as well: " + both,
        "Leave out one of the two.");
  }
}
