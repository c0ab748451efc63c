// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/** Determines the version of the running application. */
final class ApplicationVersion {

  private static final String PROPERTY = "spring.application.version";

  /** The property source in which Spring Boot keeps the manifest's version. */
  private static final String MANIFEST = "applicationInfo";

  /** A property source that is a view of all other sources. */
  private static final String ALL_SOURCES = "configurationProperties";

  private ApplicationVersion() {}

  /**
   * Returns the version from Schema Guard's own setting, else from {@code
   * spring.application.version}, else from the build information, else from the manifest; null if
   * none of them contains it.
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

  /**
   * Returns whether the property was set explicitly, and not only by the manifest: the build's
   * version takes precedence over the manifest's.
   */
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
