// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A view of the application's DataSource for the guard, which differs only in how a connection is
 * borrowed. Thread-safe if that DataSource is.
 */
final class GuardDataSource implements DataSource {

  /** Borrows connections. */
  @FunctionalInterface
  interface Lender {
    /** Returns a connection of {@code dataSource}. */
    Connection connection(DataSource dataSource) throws SQLException;
  }

  private final DataSource target;
  private final Lender lender;

  GuardDataSource(DataSource target, Lender lender) {
    this.target = target;
    this.lender = lender;
  }

  /** Returns the application's DataSource, which the guard uses to name the database. */
  public DataSource getTargetDataSource() {
    return target;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return lender.connection(target);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return target.getConnection(user, password);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : target.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || target.isWrapperFor(type);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return target.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    target.setLogWriter(out);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return target.getLoginTimeout();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    target.setLoginTimeout(seconds);
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return target.getParentLogger();
  }
}
