// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A DataSource that connects to a URL through its driver directly, for an application without a
 * DataSource. It needs no pool, because the guard uses one connection at a time, and rarely.
 * Thread-safe.
 */
final class UrlDataSource implements DataSource {

  private final String url;
  private final @Nullable String username;
  private final @Nullable String password;

  UrlDataSource(String url, @Nullable String username, @Nullable String password) {
    this.url = url;
    this.username = username;
    this.password = password;
  }

  /** Returns the URL, which the guard uses to name the database. */
  public String getUrl() {
    return url;
  }

  /** Returns the user, which the guard reports as the one that connects; null if there is none. */
  public @Nullable String getUsername() {
    return username;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties login = new Properties();
    if (username != null) {
      login.setProperty("user", username);
    }
    if (password != null) {
      login.setProperty("password", password);
    }
    return DriverManager.getConnection(url, login);
  }

  @Override
  public Connection getConnection(String user, String secret) throws SQLException {
    return DriverManager.getConnection(url, user, secret);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("this is not a wrapper for " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("there is no log writer");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("the guard has a timeout of its own");
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("there is no logger");
  }
}
