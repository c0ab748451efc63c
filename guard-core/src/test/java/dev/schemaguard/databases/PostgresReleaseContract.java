// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.testing.PostgresRelease;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a PostgreSQL of another major version, which the build lays below target. */
abstract class PostgresReleaseContract extends DatabaseContract {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final int version;
  private PostgresRelease server;

  PostgresReleaseContract(TestedDatabase product) {
    super(product);
    version = Integer.parseInt(product.name().replace("POSTGRESQL_", ""));
  }

  @BeforeAll
  void start() throws IOException {
    server = PostgresRelease.start(version);
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  @Override
  TestDatabase database() throws SQLException {
    String name = "test" + COUNT.incrementAndGet();
    server.of("postgres").execute("CREATE DATABASE " + name);
    return server.of(name);
  }

  @Override
  DataSource powerless(TestDatabase fresh) throws SQLException {
    String role = "Reader-" + COUNT.incrementAndGet();
    fresh.execute("CREATE ROLE \"%s\" LOGIN".formatted(role));
    return fresh.as(role, role);
  }

  @Override
  boolean showsSessionLocks() {
    return true;
  }
}
