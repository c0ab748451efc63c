// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** DataSources of PostgreSQL's driver that show their URL, as pools do, and count connections. */
public final class UrlDataSource extends PGSimpleDataSource {

  private static final long serialVersionUID = 1L;

  private final AtomicInteger connections = new AtomicInteger();

  private UrlDataSource() {}

  /** New connections to a database on a port of this machine. */
  public static UrlDataSource of(int port, TestDatabase database) {
    UrlDataSource dataSource = new UrlDataSource();
    dataSource.setUrl(database.url().replaceFirst(":\\d+/", ":" + port + "/"));
    dataSource.setUser(database.user());
    dataSource.setPassword(database.password());
    return dataSource;
  }

  /** New connections to a database. */
  public static UrlDataSource of(TestDatabase database) {
    return of(Integer.parseInt(database.url().replaceFirst(".*:(\\d+)/.*", "$1")), database);
  }

  @Override
  public Connection getConnection() throws SQLException {
    connections.incrementAndGet();
    return super.getConnection();
  }

  /** How many connections were asked for. */
  public int connections() {
    return connections.get();
  }
}
