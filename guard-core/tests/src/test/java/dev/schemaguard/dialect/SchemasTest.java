// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The schemas that may be an application's. */
class SchemasTest {

  /** Other products have schemas of these names for their own use. */
  @Test
  void areListedOnPostgresAlthoughAnotherProductWouldOwnThem() throws SQLException {
    TestDatabase database = Postgres.database();
    database.execute("CREATE SCHEMA sys", "CREATE SCHEMA mysql", "CREATE SCHEMA tenant_1");

    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(Schemas.of(new DatabaseSession(connection)))
          .contains("sys", "mysql", "tenant_1", "public")
          .doesNotContain("pg_catalog", "information_schema");
    }
  }

  @Test
  void ofDerbyAreListedWithoutItsOwn() throws SQLException {
    String url = "jdbc:derby:memory:schemas;create=true";
    try (Connection connection = DriverManager.getConnection(url)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE SCHEMA SYNC");
      }

      assertThat(Schemas.of(new DatabaseSession(connection)))
          .containsExactlyInAnyOrder("APP", "SYNC");
    }
  }
}
