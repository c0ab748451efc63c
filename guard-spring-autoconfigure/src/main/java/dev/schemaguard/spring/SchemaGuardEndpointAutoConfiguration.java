// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the actuator endpoint {@code migrations}. It is active if actuator
 * endpoints are available and this one is exposed.
 */
@AutoConfiguration(after = SchemaGuardAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(SchemaGuards.class)
@ConditionalOnAvailableEndpoint(MigrationsEndpoint.class)
public final class SchemaGuardEndpointAutoConfiguration {

  @Bean
  MigrationsEndpoint schemaGuardMigrationsEndpoint(SchemaGuards guards, BoundSettings settings) {
    return new MigrationsEndpoint(settings.select(guards, GuardProperties::isEndpoint));
  }

  @Bean
  static AppVersionParameter schemaGuardAppVersionParameter() {
    return new AppVersionParameter();
  }
}
