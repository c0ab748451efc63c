// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pages that a web application can provide. Each is mapped only if the application requests it.
 */
public enum Page {
  /** The status of the schema, as JSON or HTML. */
  MIGRATIONS("ops", "/ops/migrations", MigrationsServlet.class),
  /** Whether this instance should receive requests. */
  READINESS("readyz", "/readyz", ReadinessServlet.class),
  /** Whether this instance is alive, independent of its database. */
  LIVENESS("healthz", "/healthz", LivenessServlet.class),
  /** Which version is running, and its row of the matrix. */
  VERSION("version", "/version", VersionServlet.class);

  private final String key;
  private final String path;
  private final Class<? extends PageServlet> servlet;

  Page(String key, String path, Class<? extends PageServlet> servlet) {
    this.key = key;
    this.path = path;
    this.servlet = servlet;
  }

  /** Returns the page that has this name in {@code schema-guard.pages}. */
  static Page of(String key) {
    return Arrays.stream(values())
        .filter(page -> page.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    Setting.PAGES.parameter(),
                    "there is no page '" + key + "'",
                    Arrays.stream(values())
                        .map(page -> page.key)
                        .collect(Collectors.joining(", ", "The pages are ", "."))));
  }

  /**
   * Returns whether one of the pages will answer this request. It compares the servlet that the
   * container has chosen, because a path can be written in many ways.
   */
  static boolean isAskedFor(HttpServletRequest request) {
    ServletRegistration servlet =
        request
            .getServletContext()
            .getServletRegistration(request.getHttpServletMapping().getServletName());
    return servlet != null && isServedBy(servlet.getClassName());
  }

  private static boolean isServedBy(@Nullable String className) {
    for (Page page : values()) {
      if (page.servlet.getName().equals(className)) {
        return true;
      }
    }
    return false;
  }

  String key() {
    return key;
  }

  String path() {
    return path;
  }

  Class<? extends PageServlet> servlet() {
    return servlet;
  }
}
