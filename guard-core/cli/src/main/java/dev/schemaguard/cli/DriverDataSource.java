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
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A DataSource that connects through a driver directly, without a pool. The command line runs only
 * one check, and a pool would hide the driver's own message if a connection fails.
 */
final class DriverDataSource implements DataSource {

  /** URL prefixes of the included drivers. */
  private static final Pattern INCLUDED = Pattern.compile("^jdbc:(?:postgresql|mariadb|h2):");

  /** An at sign that is not part of a parameter: {@code //user:password@host}. */
  private static final Pattern HOST_USER = Pattern.compile("^[^/]*//(?:[^?]*@|[^/?]*\\?[^=]*@)");

  private final String url;
  private final Driver driver;
  private final @Nullable String user;
  private final Passwords passwords;

  /**
   * Provides the password for each new connection, because it may have changed since the last one.
   */
  @FunctionalInterface
  interface Passwords {
    /** Returns the password; null if there is none. */
    @Nullable String current() throws SQLException;
  }

  /**
   * Creates a DataSource for {@code url}.
   *
   * @param where the option or line that contains the URL, for errors
   * @throws ConfigurationException if no available driver accepts the URL
   */
  DriverDataSource(String where, String url, @Nullable String user, Passwords passwords) {
    this.url = withoutSideEffects(url);
    this.user = user;
    this.passwords = passwords;
    requireNoUserInfo(where, url);
    this.driver = driver(where, url);
  }

  /** Returns the URL, which the guard uses to name the database. */
  public String getUrl() {
    return url;
  }

  /**
   * Returns the user, which the guard reports as the one that connects; null if the URL contains
   * it.
   */
  public @Nullable String getUser() {
    return user;
  }

  /**
   * These drivers treat user information as a part of the host, and quote it with the password in
   * errors.
   */
  private static void requireNoUserInfo(String where, String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    boolean refused = lower.startsWith("jdbc:postgresql:") || lower.startsWith("jdbc:mariadb:");
    if (refused && HOST_USER.matcher(url).find()) {
      throw new ConfigurationException(
          where,
          "the URL has a user before its host, which the driver for "
              + scheme(url)
              + " does not accept",
          "Write the URL without it, and use --user and --password-file or SCHEMA_GUARD_PASSWORD.");
    }
  }

  private static Driver driver(String where, String url) {
    try {
      return DriverManager.getDriver(url);
    } catch (SQLException e) {
      if (INCLUDED.matcher(url).find()) {
        throw new ConfigurationException(
            where,
            "the driver for " + scheme(url) + " does not accept the rest of the URL",
            "Correct it: jdbc:postgresql://host:5432/name, jdbc:mariadb://host:3306/name or"
                + " jdbc:h2:file:./name.",
            e);
      }
      boolean jdbc = url.startsWith("jdbc:");
      boolean mysql = url.startsWith("jdbc:mysql:");
      throw new ConfigurationException(
          where,
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

  /** H2 would create a missing database file; a guard must not create anything. */
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
    Properties properties = new Properties();
    String password = passwords.current();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
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
