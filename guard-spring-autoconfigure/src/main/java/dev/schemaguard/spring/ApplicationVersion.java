// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/** Finds out which version of the application runs. */
final class ApplicationVersion {

  private static final String PROPERTY = "spring.application.version";

  /** Where Spring Boot keeps the manifest's version under the name of the property. */
  private static final String MANIFEST = "applicationInfo";

  /** A view of all other sources. */
  private static final String ALL_SOURCES = "configurationProperties";

  private ApplicationVersion() {}

  /**
   * Our own setting, else {@code spring.application.version}, else the build information, else the
   * manifest; null where none of them tells.
   */
  static @Nullable String find(
      SchemaGuardProperties settings, Environment environment, @Nullable BuildProperties build) {
    String set = settings.getApplicationVersion();
    if (set != null && !set.isBlank()) {
      return set;
    }
    String built = build == null ? null : build.getVersion();
    return built != null && !isConfigured(environment) ? built : environment.getProperty(PROPERTY);
  }

  /** Whether somebody set the property: the manifest's version stands behind the build's. */
  private static boolean isConfigured(Environment environment) {
    if (!(environment instanceof ConfigurableEnvironment configurable)) {
      return environment.containsProperty(PROPERTY);
    }
    MutablePropertySources sources = configurable.getPropertySources();
    return sources.stream()
        .filter(source -> !isView(source))
        .anyMatch(source -> source.containsProperty(PROPERTY));
  }

  private static boolean isView(PropertySource<?> source) {
    return source.getName().equals(MANIFEST) || source.getName().equals(ALL_SOURCES);
  }
}
