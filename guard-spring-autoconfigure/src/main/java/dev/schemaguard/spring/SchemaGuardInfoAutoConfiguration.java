// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuards;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the entry {@code schema} in the actuator endpoint {@code info}. */
@AutoConfiguration(after = SchemaGuardAutoConfiguration.class)
@ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
@ConditionalOnBean(SchemaGuards.class)
@ConditionalOnEnabledInfoContributor("schema")
public final class SchemaGuardInfoAutoConfiguration {

  @Bean
  InfoContributor schemaGuardInfoContributor(SchemaGuards guards, BoundSettings settings) {
    Map<String, SchemaGuard> shown = settings.select(guards, GuardProperties::isEndpoint);
    return info -> info.withDetail("schema", details(shown));
  }

  private static Map<String, Object> details(Map<String, SchemaGuard> guards) {
    SchemaGuard only = guards.size() == 1 ? guards.get("") : null;
    if (only != null) {
      return StatusReport.of(only).facts();
    }
    Map<String, Object> all = new LinkedHashMap<>();
    guards.forEach((name, guard) -> all.put(name, StatusReport.of(guard).facts()));
    return all;
  }
}
