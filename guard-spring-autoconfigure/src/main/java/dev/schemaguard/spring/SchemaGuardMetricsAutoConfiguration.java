// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the Micrometer gauges {@code schema.guard.*}. */
@AutoConfiguration(after = SchemaGuardAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(SchemaGuards.class)
@ConditionalOnProperty(
    prefix = "management.metrics.enable",
    name = "schema.guard",
    matchIfMissing = true)
public final class SchemaGuardMetricsAutoConfiguration {

  @Bean
  SchemaGuardMetrics schemaGuardMetrics(SchemaGuards guards) {
    return new SchemaGuardMetrics(guards);
  }
}
