// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Releases locks with the statements that the page of problems shows, and migrates then. */
class ReleasedLockTest {

  private static final Document PAGE = Document.of("docs/problems/README.md");
  private static final String CHAIN = "db/a.xml::1::tester\ndb/a.xml::2::tester\n";

  @Nested
  class OnPostgres {

    private final TestDatabase database = Postgres.database();

    @Test
    void theRowThatAKilledLiquibaseLeftIsReleased() throws SQLException {
      releaseTheRow(database);
    }

    @Test
    void theSessionThatHoldsLiquibasesLockIsEnded() throws SQLException {
      endTheSession(database, "SELECT pg_terminate_backend(4711);");
    }

    @Test
    void theRowThatAKilledFlywayLeftIsDeleted() throws SQLException {
      FlywayRun.of(database.dataSource(), "V1__item").migrate();
      FlywayRun.lockedByRow(
          database.dataSource(),
          "flyway_schema_history",
          "\"",
          () -> {
            try (SchemaGuard guard = guard(database, "1\n2\n", Tool.FLYWAY)) {
              assertThat(guard.preflight().exitCode()).isEqualTo(6);

              database.execute(statement("DELETE FROM \"flyway_schema_history\""));

              assertThat(guard.preflight().exitCode()).isZero();
            }
          });
      FlywayRun.of(database.dataSource(), "V1__item", "V2__note").migrate();
    }
  }

  @Nested
  @RequiresMariaDb
  class OnMariaDb extends OnAServerWithUserLocks {
    OnMariaDb() {
      super(MariaDb.database());
    }
  }

  @Nested
  @RequiresMySql
  class OnMySql extends OnAServerWithUserLocks {
    OnMySql() {
      super(MySql.database());
    }
  }

  /**
   * The guard's role has SELECT on the history, and no right to see the sessions of other roles.
   */
  abstract static class OnAServerWithUserLocks {

    private static final String KILL = "KILL 4711;";

    private final TestDatabase database;

    OnAServerWithUserLocks(TestDatabase database) {
      this.database = database;
    }

    @Test
    void theRowThatAKilledLiquibaseLeftIsReleased() throws SQLException {
      releaseTheRow(database);
    }

    @Test
    void theSessionThatHoldsLiquibasesLockIsEnded() throws SQLException {
      endTheSession(database, KILL);
    }

    @Test
    void theSessionThatHoldsFlywaysLockIsEnded() throws SQLException {
      FlywayRun.of(database.dataSource(), "V1__item").migrate();
      boolean[] released = new boolean[1];
      try (SchemaGuard reader = reader("1\n2\n", Tool.FLYWAY)) {
        FlywayRun.of(database.dataSource(), "V1__item")
            .working("2", () -> released[0] = isReleased(database, reader, KILL))
            .migrateInVain();

        assertThat(released[0]).isTrue();
        assertThat(reader.preflight().exitCode()).isZero();
        assertThat(reader.check().verdict()).isEqualTo(Verdict.BEHIND);
        FlywayRun.of(database.dataSource(), "V1__item", "V2__note").migrate();
        assertThat(reader.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      }
    }

    @Test
    void golangMigrateRunsUntilItsSessionIsGoneAndHasFailedThen() throws Exception {
      GolangMigrateRun run = new GolangMigrateRun(database, "schema_migrations");
      run.dirty(2);
      try (SchemaGuard reader = reader("1\n2\n", Tool.GOLANG_MIGRATE)) {
        try (Connection migration = run.lock("", false)) {
          assertThat(migration.isValid(1)).isTrue();
          assertThat(reader.check().verdict()).isNotEqualTo(Verdict.FAILED);
          assertThat(reader.preflight().exitCode()).isEqualTo(6);

          execute(database, killed(reader, KILL));
        }
        assertThat(reader.preflight().status().migrationLock()).isNull();
        assertThat(reader.check().verdict()).isEqualTo(Verdict.FAILED);
      }
    }

    /** A guard whose role may read this database, and nothing else. */
    private SchemaGuard reader(String chain, Tool tool) throws SQLException {
      String role = "reader" + database.name();
      database.execute(
          "CREATE USER IF NOT EXISTS %s IDENTIFIED BY '%s'".formatted(role, role),
          "GRANT SELECT ON %s.* TO %s".formatted(database.name(), role));
      return guard(new TestDatabase(database.url(), role, role), chain, tool);
    }
  }

  @Test
  void theRowThatAKilledLiquibaseLeftIsReleasedOnH2() throws SQLException {
    releaseTheRow(H2.database());
  }

  private static void releaseTheRow(TestDatabase database) throws SQLException {
    liquibase(database, "1").update();
    database.execute(
        "UPDATE DATABASECHANGELOGLOCK SET LOCKED = TRUE, LOCKEDBY = 'dead',"
            + " LOCKGRANTED = CURRENT_TIMESTAMP");
    try (SchemaGuard guard = guard(database, CHAIN, Tool.LIQUIBASE)) {
      assertThat(guard.preflight().exitCode()).isEqualTo(6);
      assertThat(database.rows(statement("SELECT LOCKED")))
          .singleElement()
          .asString()
          .contains("dead");

      database.execute(statement("UPDATE DATABASECHANGELOGLOCK"));

      assertThat(guard.preflight().exitCode()).isZero();
      // It would wait for minutes while the lock is held.
      liquibase(database, "1", "2").update();
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  private static void endTheSession(TestDatabase database, String shown) throws SQLException {
    assertThat(String.join(" ", PAGE.prose())).contains(shown);
    liquibase(database, "1").update();
    boolean[] released = new boolean[1];
    try (SchemaGuard guard = guard(database, CHAIN, Tool.LIQUIBASE)) {
      try {
        liquibase(database, "1")
            .lockedBySession(() -> released[0] = isReleased(database, guard, shown));
      } catch (IllegalStateException e) {
        // Liquibase cannot go on in a session that was ended.
        assertThat(released[0]).isTrue();
      }
      assertThat(guard.preflight().exitCode()).isZero();
      liquibase(database, "1", "2").update();
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  /** Ends the session that holds the lock, as the page shows, and looks for the lock again. */
  private static boolean isReleased(TestDatabase database, SchemaGuard guard, String shown) {
    execute(database, killed(guard, shown));
    Patience.until(
        "the session is gone",
        Duration.ofSeconds(20),
        () -> guard.preflight().status().migrationLock() == null);
    return true;
  }

  private static String killed(SchemaGuard guard, String shown) {
    MigrationLock lock = Objects.requireNonNull(guard.preflight().status().migrationLock());
    return shown.replace("4711", lock.holder().replaceFirst(".*session (\\d+).*", "$1"));
  }

  private static void execute(TestDatabase database, String statement) {
    try {
      database.execute(statement);
    } catch (SQLException e) {
      throw new AssertionError(statement, e);
    }
  }

  /** The statement of the page that begins so. */
  private static String statement(String beginning) {
    String text =
        PAGE.blocks("sql").stream()
            .map(Document.Block::text)
            .map(String::strip)
            .filter(sql -> sql.startsWith(beginning))
            .findFirst()
            .orElseThrow();
    return text.replaceFirst(";$", "");
  }

  private static LiquibaseRun liquibase(TestDatabase database, String... ids) {
    return LiquibaseRun.ofChangesets(database.dataSource(), "db/a.xml", ids);
  }

  private static SchemaGuard guard(TestDatabase database, String chain, Tool tool) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt")))
        .tool(tool)
        .environment(variable -> null)
        .build();
  }
}
