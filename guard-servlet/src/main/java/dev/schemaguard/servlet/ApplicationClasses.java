// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** Finds the class loader that sees the classes and files of a web application. */
final class ApplicationClasses {

  private ApplicationClasses() {}

  /**
   * Returns the class loader of the web application. An embedded Jetty does not set one on its
   * context; then the application's classes are found by the context class loader of the starting
   * thread, or by the loader of this class.
   */
  static ClassLoader of(ServletContext context) {
    @Nullable ClassLoader own = context.getClassLoader();
    if (own != null) {
      return own;
    }
    @Nullable ClassLoader starting = Thread.currentThread().getContextClassLoader();
    return starting != null ? starting : classLoader();
  }

  private static ClassLoader classLoader() {
    @Nullable ClassLoader beside = ApplicationClasses.class.getClassLoader();
    return beside != null ? beside : ClassLoader.getSystemClassLoader();
  }
}
