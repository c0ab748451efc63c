// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Prepares a run with {@code schema-guard.only} before its context is created: no web server, no
 * banner, and the guard enabled regardless of other settings, because without the guard the
 * application would start.
 */
final class OnlyRunListener
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

  private static final Map<String, Object> SMALL =
      Map.of(
          "spring.main.web-application-type", "none",
          "spring.main.banner-mode", "off",
          "spring.main.log-startup-info", "false",
          "schema-guard.enabled", "true");

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    ConfigurableEnvironment environment = event.getEnvironment();
    if (StringUtils.hasText(environment.getProperty(BoundSettings.PREFIX + ".only"))) {
      environment.getPropertySources().addFirst(new MapPropertySource("schemaGuardOnly", SMALL));
    }
  }

  /** Runs after the application's own configuration files were read. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 100;
  }
}
