// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers listener, pages and filters in a web application whose context parameter {@code
 * schema-guard.auto} is {@code true}, and does nothing in any other. Containers find it
 * automatically in a war. With an embedded container, add it in code. The listener runs after the
 * listeners in web.xml; to change the order, declare it there.
 */
public final class SchemaGuardInitializer implements ServletContainerInitializer {

  /** Creates the initializer; called by the container. */
  public SchemaGuardInitializer() {}

  /**
   * Registers the listener if the application requests it.
   *
   * @throws dev.schemaguard.matrix.ConfigurationException if a parameter cannot be used
   */
  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
    if (context.getInitParameter(Setting.AUTO.parameter()) == null) {
      return;
    }
    Settings settings = Settings.of(context);
    if (settings.flag(Setting.AUTO, false) && !SpringBootGuard.isIn(context)) {
      Registration.of(settings).apply(context);
      context.addListener(new SchemaGuardListener());
    }
  }
}
