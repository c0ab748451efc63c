// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.connections.ConnectionTag;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Pools of several versions of applications, each with some connections that are in use. */
public final class TaggedPools implements AutoCloseable {

  private final List<HikariDataSource> pools = new ArrayList<>();

  /** Connects a version of statewave. */
  public TaggedPools statewave(TestDatabase database, String version, int connections)
      throws SQLException {
    return connect(database, ConnectionTag.of("statewave", version), connections);
  }

  /** Connects as {@code tag} says, with the role of the database. */
  public TaggedPools connect(TestDatabase database, ConnectionTag tag, int connections)
      throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(connections);
    tag.properties(database.url()).forEach(config::addDataSourceProperty);
    HikariDataSource pool = new HikariDataSource(config);
    pools.add(pool);
    List<Connection> inUse = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      inUse.add(pool.getConnection());
    }
    for (Connection each : inUse) {
      each.close();
    }
    return this;
  }

  @Override
  public void close() {
    pools.forEach(HikariDataSource::close);
  }
}
