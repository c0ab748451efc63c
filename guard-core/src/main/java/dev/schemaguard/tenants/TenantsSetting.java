// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an application's settings say of its tenants. Immutable.
 *
 * @param prefix the name under which the settings stand, for messages
 * @param schema the one schema of an application without tenants; null: none is named
 * @param schemas patterns of the tenants' schemas; empty: none
 * @param schemasFrom the query that names the tenants' schemas; null: none
 */
public record TenantsSetting(
    String prefix, @Nullable String schema, List<String> schemas, @Nullable String schemasFrom) {

  /** Copies the list. */
  public TenantsSetting {
    schemas = List.copyOf(schemas);
  }

  /**
   * The tenants, or empty where the settings name none.
   *
   * @throws ConfigurationException with the name of the setting, if it has no meaning or does not
   *     go with another one
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
    try {
      return Optional.of(
          schemasFrom == null ? Tenants.schemas(schemas) : Tenants.schemasFrom(schemasFrom));
    } catch (ConfigurationException e) {
      throw new ConfigurationException(prefix + "." + e.location(), e.reason(), e.remedy(), e);
    }
  }

  private ConfigurationException conflict(String setting, String other, String both) {
    return new ConfigurationException(
        prefix + "." + setting,
        prefix + "." + other + " is set as well: " + both,
        "Leave out one of the two.");
  }
}
