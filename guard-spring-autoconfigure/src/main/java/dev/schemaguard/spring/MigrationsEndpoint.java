// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.JsonObject;
import dev.schemaguard.status.MigrationStatus;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.lang.Nullable;

/**
 * The actuator endpoint {@code migrations}, which returns the last status, or the status that
 * another version would have. It returns text and not an object, because Spring Boot's mapper for
 * endpoints omits nulls, and the JSON of a status contains all keys.
 */
@Endpoint(id = "migrations")
final class MigrationsEndpoint {

  /** The maximum number of names in a list over HTTP; the command line prints all of them. */
  private static final int LONGEST_LIST = 100;

  private final Map<String, SchemaGuard> guards;

  /**
   * Creates an endpoint for some guards.
   *
   * @param guards the guards that are shown, by name
   */
  MigrationsEndpoint(Map<String, SchemaGuard> guards) {
    this.guards = guards;
  }

  /** Returns the status of the only guard; if there are several, the status of each by name. */
  @ReadOperation
  String migrations(@Nullable String appVersion) {
    if (guards.size() == 1 && guards.containsKey("")) {
      return json(guards.values().iterator().next(), appVersion);
    }
    JsonObject all = new JsonObject();
    guards.forEach(
        (name, guard) -> {
          MigrationStatus status = status(guard, appVersion);
          all.putObject(name, json -> status.writeTo(json, LONGEST_LIST));
        });
    return all.toString();
  }

  /** Returns the status of one of several guards, or null if no guard has that name. */
  @ReadOperation
  @Nullable
  String migrationsOf(@Selector String guard, @Nullable String appVersion) {
    SchemaGuard found = guards.get(guard);
    return found == null ? null : json(found, appVersion);
  }

  private static String json(SchemaGuard guard, @Nullable String appVersion) {
    JsonObject json = new JsonObject();
    status(guard, appVersion).writeTo(json, LONGEST_LIST);
    return json.toString();
  }

  private static MigrationStatus status(SchemaGuard guard, @Nullable String appVersion) {
    if (appVersion == null || appVersion.isBlank()) {
      return guard.status();
    }
    try {
      return guard.check(appVersion);
    } catch (ConfigurationException e) {
      throw new InvalidEndpointRequestException(e.text(), e.reason());
    }
  }
}
