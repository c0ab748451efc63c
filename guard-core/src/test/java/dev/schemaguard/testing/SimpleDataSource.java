// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A DataSource without a pool: every connection is a new one. */
public final class SimpleDataSource implements DataSource {

  /** A way to get a connection. */
  @FunctionalInterface
  public interface Source {
    Connection connect() throws SQLException;
  }

  private final Source source;

  private SimpleDataSource(Source source) {
    this.source = source;
  }

  /** Connections that {@code source} makes. */
  public static DataSource of(Source source) {
    return new SimpleDataSource(source);
  }

  /** Connections to a URL. */
  public static DataSource of(String url, String user, String password) {
    return of(() -> DriverManager.getConnection(url, user, password));
  }

  @Override
  public Connection getConnection() throws SQLException {
    return source.connect();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.cast(this);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
