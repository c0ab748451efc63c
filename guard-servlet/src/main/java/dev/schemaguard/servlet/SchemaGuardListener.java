// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

/**
 * Checks the schema when a web application starts. It reads the context parameters {@code
 * schema-guard.*}, maps the pages that they ask for, puts the guard into the attribute {@code
 * dev.schemaguard.SchemaGuard}, and in strict mode refuses by throwing, so that the context fails,
 * unless {@code schema-guard.on-refusal} says otherwise.
 *
 * <p>A guard that the attribute holds already is used as it is, and is closed by whoever made it;
 * one that this listener made is closed with the context. Of several such listeners in one context
 * the first does it all.
 */
public final class SchemaGuardListener implements ServletContextListener {

  private @Nullable SchemaGuard made;

  /** For the container. */
  public SchemaGuardListener() {}

  /**
   * Checks.
   *
   * @throws dev.schemaguard.policy.IncompatibleSchemaException in strict mode, if the application
   *     must not start
   * @throws dev.schemaguard.matrix.ConfigurationException if a parameter, the matrix or the
   *     DataSource cannot be used
   */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    if (!ContextGuard.isIn(context)) {
      made = new Startup(context).run().orElse(null);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (made != null) {
      made.close();
    }
  }
}
