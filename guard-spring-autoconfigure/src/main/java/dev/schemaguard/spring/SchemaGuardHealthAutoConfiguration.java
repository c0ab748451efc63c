// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuards;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health contributor {@code schema} on Spring Boot 4. {@link
 * SchemaGuardHealthBoot3AutoConfiguration} for Spring Boot 3.5 differs only in Spring Boot's
 * package names and in the name of one method.
 */
@AutoConfiguration(after = SchemaGuardAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("schema")
public final class SchemaGuardHealthAutoConfiguration {

  /**
   * Also created if the guard is off, because a health group that includes it must not fail the
   * start.
   */
  @Bean
  @ConditionalOnMissingBean(name = {"schemaHealthContributor", "schemaHealthIndicator"})
  HealthContributor schemaHealthContributor(
      ObjectProvider<SchemaGuards> guards, ObjectProvider<BoundSettings> settings) {
    SchemaGuards all = guards.getIfAvailable();
    BoundSettings roles = settings.getIfAvailable();
    if (all == null || roles == null) {
      HealthIndicator inactive = () -> Health.unknown().withDetail("guard", "inactive").build();
      return inactive;
    }
    Map<String, SchemaGuard> shown = roles.select(all, GuardProperties::isHealth);
    SchemaGuard only = shown.size() == 1 ? shown.get("") : null;
    if (only != null) {
      return new SchemaHealthIndicator(only);
    }
    Map<String, HealthContributor> named = new LinkedHashMap<>();
    shown.forEach((name, guard) -> named.put(name, new SchemaHealthIndicator(guard)));
    return CompositeHealthContributor.fromMap(named);
  }

  /**
   * Reports, from memory, whether an instance should receive requests as far as one schema is
   * concerned.
   */
  private record SchemaHealthIndicator(SchemaGuard guard) implements HealthIndicator {

    @Override
    public Health health(boolean includeDetails) {
      StatusReport report = StatusReport.of(guard);
      return (report.serving() ? Health.up() : Health.down())
          .withDetails(includeDetails ? report.details() : report.verdict())
          .build();
    }

    @Override
    public Health health() {
      return health(true);
    }
  }
}
