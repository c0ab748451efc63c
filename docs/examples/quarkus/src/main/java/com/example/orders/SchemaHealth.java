// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.status.MigrationStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The check "schema" of /q/health/ready. It answers from memory. */
@Readiness
@ApplicationScoped
class SchemaHealth implements HealthCheck {

  @Inject SchemaGuard guard;

  @Override
  public HealthCheckResponse call() {
    MigrationStatus status = guard.status();
    return HealthCheckResponse.named("schema")
        .status(guard.readiness().isServing())
        .withData("verdict", status.verdict().name())
        .build();
  }
}
