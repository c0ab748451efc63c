// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Determines the version of the running web application. */
final class ApplicationVersion {

  private static final Logger LOG = LoggerFactory.getLogger(ApplicationVersion.class);
  private static final String MANIFEST = "/META-INF/MANIFEST.MF";
  private static final String MAVEN = "/META-INF/maven/";
  private static final String MAVEN_FILE = "pom.properties";

  private ApplicationVersion() {}

  /**
   * Returns the version from the setting, else from the manifest of the war, else from its Maven
   * properties; empty if none of them contains it.
   */
  static Optional<String> find(Settings settings, ServletContext context) {
    return settings
        .text(Setting.APPLICATION_VERSION)
        .or(() -> manifestVersion(context))
        .or(() -> mavenVersion(context));
  }

  /** Logs that no version was found, and where it was looked for. */
  static void logMissing(ServletContext context) {
    String text =
        "The application's version is not known: it is neither in the context parameter "
            + Setting.APPLICATION_VERSION.parameter()
            + ", nor is there an Implementation-Version in "
            + MANIFEST
            + ", nor exactly one "
            + MAVEN_FILE
            + " below "
            + MAVEN;
    LOG.info(text);
    ContainerLog.of(context).write(text);
  }

  private static Optional<String> manifestVersion(ServletContext context) {
    try (InputStream in = context.getResourceAsStream(MANIFEST)) {
      return in == null
          ? Optional.empty()
          : text(
              new Manifest(in)
                  .getMainAttributes()
                  .getValue(Attributes.Name.IMPLEMENTATION_VERSION));
    } catch (IOException e) {
      throw new UncheckedIOException(MANIFEST + " cannot be read", e);
    }
  }

  /**
   * Returns the version of the only Maven project in the war. If there are several, it is unknown
   * which one is the war's.
   */
  private static Optional<String> mavenVersion(ServletContext context) {
    List<String> found = new ArrayList<>();
    for (String group : children(context, MAVEN)) {
      for (String artifact : children(context, group)) {
        children(context, artifact).stream()
            .filter(path -> path.endsWith("/" + MAVEN_FILE))
            .forEach(found::add);
      }
    }
    return found.size() == 1 ? version(context, found.get(0)) : Optional.empty();
  }

  private static Set<String> children(ServletContext context, String folder) {
    Set<String> paths = context.getResourcePaths(folder);
    return paths == null ? Set.of() : paths;
  }

  private static Optional<String> version(ServletContext context, String path) {
    Properties properties = new Properties();
    try (InputStream in = context.getResourceAsStream(path)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
    return text(properties.getProperty("version"));
  }

  private static Optional<String> text(@Nullable String value) {
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }
}
