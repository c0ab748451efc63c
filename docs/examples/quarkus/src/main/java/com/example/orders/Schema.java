// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the guard, and starts the application only on a schema that fits. */
class Schema {

  @Produces
  @Singleton
  SchemaGuard guard(
      DataSource dataSource,
      @ConfigProperty(name = "quarkus.application.version") String version,
      @ConfigProperty(name = "orders.schema.refresh", defaultValue = "30s") Duration refresh) {
    return SchemaGuard.builder(dataSource)
        .applicationVersion(version)
        .mode(Mode.STRICT)
        .refreshInterval(refresh)
        .build();
  }

  void close(@Disposes SchemaGuard guard) {
    guard.close();
  }

  /** Flyway's migrate-at-start has run by now. The priority calls this observer before others. */
  void enforce(@Observes @Priority(1) StartupEvent start, SchemaGuard guard) {
    try {
      guard.enforce();
    } catch (IncompatibleSchemaException refused) {
      // The guard has logged the problem. Quarkus prints this message, and no stack trace.
      throw new ConfigurationException("orders was not started, see above");
    }
  }
}
