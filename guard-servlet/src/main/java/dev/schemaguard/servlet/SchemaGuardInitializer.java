// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers listener, pages and filter in a web application whose context parameter {@code
 * schema-guard.auto} is {@code true}, and does nothing in any other. Containers find it by itself
 * in a war; where one is embedded, it is added in code. The listener then stands behind those of
 * web.xml: to have it stand elsewhere, declare it there.
 */
public final class SchemaGuardInitializer implements ServletContainerInitializer {

  /** For the container. */
  public SchemaGuardInitializer() {}

  /**
   * Registers, if the application asks.
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
