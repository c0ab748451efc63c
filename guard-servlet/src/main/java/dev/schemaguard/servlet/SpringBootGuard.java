// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import jakarta.servlet.ServletContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects Schema Guard for Spring Boot in a Spring Boot war, which needs nothing from this module.
 */
final class SpringBootGuard {

  private static final Logger LOG = LoggerFactory.getLogger(SpringBootGuard.class);
  private static final String MARK = "dev/schemaguard/spring/SchemaGuardAutoConfiguration.class";

  private SpringBootGuard() {}

  /** Returns whether it is in this web application, and logs it if so. */
  static boolean isIn(ServletContext context) {
    boolean found = ApplicationClasses.of(context).getResource(MARK) != null;
    if (found) {
      String text =
          "guard-spring-autoconfigure guards this web application; guard-servlet is inactive";
      LOG.info(text);
      ContainerLog.of(context).write(text);
    }
    return found;
  }
}
