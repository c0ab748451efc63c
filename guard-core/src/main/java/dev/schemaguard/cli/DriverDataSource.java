// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections straight from a driver, without a pool: the command line asks one question, and a
 * pool would hide the driver's own words about a connection that cannot be made.
 */
final class DriverDataSource implements DataSource {

  private final String url;
  private final Driver driver;
  private final Properties properties = new Properties();

  /**
   * A source of connections to {@code url}.
   *
   * @throws ConfigurationException if no driver here accepts the URL
   */
  DriverDataSource(String url, @Nullable String user, @Nullable String password) {
    this.url = withoutSideEffects(url);
    this.driver = driver(url);
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
  }

  private static Driver driver(String url) {
    try {
      return DriverManager.getDriver(url);
    } catch (SQLException e) {
      boolean jdbc = url.startsWith("jdbc:");
      boolean mysql = url.startsWith("jdbc:mysql:");
      throw new ConfigurationException(
          "--url",
          "no JDBC driver here accepts "
              + (jdbc ? scheme(url) : "a URL that does not begin with jdbc:"),
          mysql
              ? "For MariaDB write jdbc:mariadb:; for MySQL put its driver on the class path:"
                  + " java -cp schema-guard-cli.jar:DRIVER.jar dev.schemaguard.cli.Main"
              : "Drivers for postgresql, mariadb and h2 are included; for another database put its"
                  + " driver on the class path: java -cp schema-guard-cli.jar:DRIVER.jar"
                  + " dev.schemaguard.cli.Main",
          e);
    }
  }

  private static String scheme(String url) {
    int end = url.indexOf(':', "jdbc:".length());
    return "'" + (end < 0 ? "jdbc:" : url.substring(0, end + 1)) + "'";
  }

  /** H2 would create a database file that is not there; a guard creates nothing. */
  private static String withoutSideEffects(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    boolean file =
        lower.startsWith("jdbc:h2:")
            && !lower.startsWith("jdbc:h2:mem:")
            && !lower.startsWith("jdbc:h2:tcp:")
            && !lower.startsWith("jdbc:h2:ssl:");
    return file && !lower.contains(";ifexists=") ? url + ";IFEXISTS=TRUE" : url;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = driver.connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not accept the URL");
    }
    return connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("user and password are fixed");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
