// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import jakarta.servlet.ServletContext;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Finds the DataSource of a web application. */
final class DataSourceLookup {

  /** The name of the ServletContext attribute that may hold the DataSource. */
  static final String ATTRIBUTE = DataSource.class.getName();

  private static final String ENVIRONMENT = "java:comp/env/";
  private static final String PARAMETER = Setting.DATA_SOURCE.parameter();

  private DataSourceLookup() {}

  /**
   * Returns the DataSource that the settings name, else the one in the context's attribute.
   *
   * @throws ConfigurationException if there is none; the message says what is missing
   */
  static DataSource find(Settings settings, ServletContext context) {
    return settings
        .text(Setting.DATA_SOURCE)
        .map(DataSourceLookup::named)
        .orElseGet(() -> attribute(context));
  }

  private static DataSource attribute(ServletContext context) {
    Object found = context.getAttribute(ATTRIBUTE);
    if (found instanceof DataSource dataSource) {
      return dataSource;
    }
    throw new ConfigurationException(
        "context parameter " + PARAMETER,
        found == null
            ? "neither it nor the ServletContext's attribute " + ATTRIBUTE + " gives a DataSource"
            : "the ServletContext's attribute "
                + ATTRIBUTE
                + " holds a "
                + found.getClass().getName(),
        "Set it to the DataSource's JNDI name, such as jdbc/orders; or put the DataSource into the"
            + " attribute, in a listener that stands before Schema Guard's.");
  }

  /**
   * Looks up a DataSource by its full JNDI name, or by the short name of a resource-ref in web.xml.
   */
  @SuppressWarnings("BanJNDI") // The name is set by the deployer.
  private static DataSource named(String name) {
    if (name.contains(":") && !name.startsWith("java:")) {
      throw new ConfigurationException(
          "context parameter " + PARAMETER,
          "'" + name + "' is not a JNDI name of this container",
          "Write one such as jdbc/orders or java:comp/env/jdbc/orders.");
    }
    List<String> names =
        name.startsWith("java:") ? List.of(name) : List.of(ENVIRONMENT + name, name);
    NamingException failure = null;
    for (String candidate : names) {
      try {
        return typed(candidate, InitialContext.doLookup(candidate));
      } catch (NamingException e) {
        failure = e;
      }
    }
    throw new ConfigurationException(
        "context parameter " + PARAMETER,
        "there is no DataSource under the JNDI name '" + String.join("' or '", names) + "'",
        "Define the resource in the container (Tomcat: <Resource> in context.xml, Jetty:"
            + " jetty-env.xml), or correct the name.",
        failure);
  }

  private static DataSource typed(String name, Object found) {
    if (found instanceof DataSource dataSource) {
      return dataSource;
    }
    throw new ConfigurationException(
        "context parameter " + PARAMETER,
        "the JNDI name '" + name + "' leads to a " + found.getClass().getName(),
        "Name a javax.sql.DataSource.");
  }
}
