// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import jakarta.servlet.ServletContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sibling in a Spring Boot war, which has done everything by itself. */
final class SpringBootGuard {

  private static final Logger LOG = LoggerFactory.getLogger(SpringBootGuard.class);
  private static final String MARK = "dev/schemaguard/spring/SchemaGuardAutoConfiguration.class";

  private SpringBootGuard() {}

  /** Whether it is in this web application, and then says so. */
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
