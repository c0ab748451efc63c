// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

/**
 * Checks the schema when a web application starts. It reads the context parameters {@code
 * schema-guard.*}, maps the requested pages, and sets the guard as the attribute {@code
 * dev.schemaguard.SchemaGuard}. In strict mode it refuses the start by an exception, so that the
 * context fails, unless {@code schema-guard.on-refusal} is set otherwise.
 *
 * <p>If the attribute already holds a guard, that guard is used, and its creator must close it. A
 * guard that this listener created is closed with the context. If a context has several such
 * listeners, only the first one has an effect.
 */
public final class SchemaGuardListener implements ServletContextListener {

  private @Nullable SchemaGuard made;

  /** Creates the listener; called by the container. */
  public SchemaGuardListener() {}

  /**
   * Checks the schema.
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
