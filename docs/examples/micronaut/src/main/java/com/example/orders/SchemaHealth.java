// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.status.MigrationStatus;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** The check "schema" of /health/readiness. It answers from memory. */
@Readiness
@Singleton
class SchemaHealth implements HealthIndicator {

  private final SchemaGuard guard;

  SchemaHealth(SchemaGuard guard) {
    this.guard = guard;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    MigrationStatus status = guard.status();
    return Publishers.just(
        HealthResult.builder("schema")
            .status(guard.readiness().isServing() ? HealthStatus.UP : HealthStatus.DOWN)
            .details(Map.of("verdict", status.verdict().name()))
            .build());
  }
}
