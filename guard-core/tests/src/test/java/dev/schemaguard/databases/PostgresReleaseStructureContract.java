// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.testing.PostgresRelease;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of structures on a PostgreSQL of another major version. */
abstract class PostgresReleaseStructureContract extends PostgresStructureContract {

  private final TestedDatabase product;
  private PostgresRelease release;

  PostgresReleaseStructureContract(TestedDatabase product) {
    this.product = product;
  }

  @BeforeAll
  void start() throws IOException {
    release = PostgresRelease.start(product.release());
  }

  @AfterAll
  void stop() throws IOException {
    release.close();
  }

  @Override
  TestDatabase database() throws SQLException {
    return release.database();
  }

  @Override
  DataSource powerless() throws SQLException {
    String role = release.role();
    return current().as(role, role);
  }
}
