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
 * The actuator endpoint {@code migrations}: the last status, or what another version would find. It
 * gives text and no object: Spring Boot's mapper for endpoints leaves out nulls, and the JSON of a
 * status has all of its keys.
 */
@Endpoint(id = "migrations")
final class MigrationsEndpoint {

  /** Nobody reads more names than these over HTTP; the command line tells all. */
  private static final int LONGEST_LIST = 100;

  private final Map<String, SchemaGuard> guards;

  /**
   * An endpoint for some guards.
   *
   * @param guards those that are shown, by name
   */
  MigrationsEndpoint(Map<String, SchemaGuard> guards) {
    this.guards = guards;
  }

  /** The status of the only guard; of several, all by name. */
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

  /** The status of one of several guards, or nothing where there is none of that name. */
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
