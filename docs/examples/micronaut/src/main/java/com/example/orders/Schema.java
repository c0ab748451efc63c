// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.policy.Mode;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import javax.sql.DataSource;

/** Makes the guard, and starts the application only on a schema that fits. */
@Factory
class Schema {

  @Bean(preDestroy = "close")
  @Singleton
  SchemaGuard guard(
      DataSource dataSource, @Value("${orders.schema.refresh:30s}") Duration refresh) {
    return SchemaGuard.builder(dataSource)
        .applicationVersion(Orders.class.getPackage().getImplementationVersion())
        .mode(Mode.STRICT)
        .refreshInterval(refresh)
        .build();
  }
}
