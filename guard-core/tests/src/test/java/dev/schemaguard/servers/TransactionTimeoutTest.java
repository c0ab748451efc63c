// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.PostgresRelease;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The limit of a transaction, which PostgreSQL 17 has added. */
@Tag("full")
class TransactionTimeoutTest extends SituationTests {

  private PostgresRelease server;
  private TestDatabase database;

  TransactionTimeoutTest() {
    super("since PostgreSQL 17");
    row("`transaction_timeout` passes while the history is locked", this::whileLocked);
  }

  @BeforeAll
  void start() throws IOException, SQLException {
    server = PostgresRelease.start(17);
    database = Answers.migrated(server.of("postgres"));
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  private Answers whileLocked() throws SQLException {
    SchemaGuardBuilder limited =
        Answers.guard(
            database.withUrl(database.url() + "?options=-c%20transaction_timeout=200").dataSource(),
            Answers.APPLIED);
    try (Connection migration = database.dataSource().getConnection();
        Statement lock = migration.createStatement()) {
      migration.setAutoCommit(false);
      lock.execute("LOCK TABLE schema_migrations IN ACCESS EXCLUSIVE MODE");
      Answers answers = Answers.of(limited, database);
      MigrationStatus status = check(limited);
      assertThat(status.problem().title())
          .as(status.error())
          .isEqualTo("A time limit of the server or the pooler ended the connection");
      migration.rollback();
      assertThat(check(limited).verdict()).isEqualTo(Verdict.UP_TO_DATE);
      return answers;
    }
  }

  private static MigrationStatus check(SchemaGuardBuilder builder) {
    try (SchemaGuard guard = builder.build()) {
      return guard.check();
    }
  }
}
