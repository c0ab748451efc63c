// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import dev.schemaguard.SchemaGuard;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** An application's listener that makes its DataSource, or a guard that it has built, known. */
public final class Publisher implements ServletContextListener {

  static final String PARAMETER = "test.data-source";

  private static final Map<String, Object> KEPT = new ConcurrentHashMap<>();

  /**
   * Keeps a DataSource or a guard until an application asks for it by the name that is returned.
   */
  static String keep(Object kept) {
    String name = "kept" + KEPT.size();
    KEPT.put(name, kept);
    return name;
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    String name = event.getServletContext().getInitParameter(PARAMETER);
    Object kept = KEPT.get(name);
    Class<?> type = kept instanceof SchemaGuard ? SchemaGuard.class : DataSource.class;
    event.getServletContext().setAttribute(type.getName(), kept);
  }
}
