// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Follows what a problem with a history of Flyway advises to the letter, with real Flyway, from the
 * state that leads to it, and checks the database again.
 */
class FlywayAdviceTest {

  private static final Pattern COMMAND = Pattern.compile("flyway (repair|migrate)|outOfOrder=true");

  @Nested
  class OnH2 extends Contract {
    OnH2() {
      super(H2::database, '"');
    }
  }

  @Nested
  class OnPostgres extends Contract {
    OnPostgres() {
      super(Postgres::database, '"');
    }

    @Test
    void aMigrationThatTheDatabaseRolledBackIsRunAgain() {
      FlywayRun run = run("V1__first");
      run.migrate();
      run.script("V2__second", "CREATE TABLE item (id INT); broken").migrateInVain();

      MigrationStatus status = check("1", "2");

      assertThat(status.verdict()).isEqualTo(Verdict.BEHIND);
      assertThat(status.problem().actions()).anyMatch(action -> action.contains("read its log"));
      follow(status.problem().actions().get(0), run.script("V2__second", "SELECT 1"));
      assertThat(check("1", "2").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  @Nested
  @RequiresMariaDb
  class OnMariaDb extends Contract {
    OnMariaDb() {
      super(MariaDb::database, '`');
    }
  }

  @Nested
  @RequiresMySql
  class OnMySql extends Contract {
    OnMySql() {
      super(MySql::database, '`');
    }
  }

  /** Advice that is the same on every database. */
  abstract static class Contract {

    private final TestDatabase database;
    private final char quote;

    Contract(Supplier<TestDatabase> server, char quote) {
      this.database = server.get();
      this.quote = quote;
    }

    @Test
    void aFailedMigrationIsRepairedAndRunAgain() {
      run("V1__first").migrate();
      run("V1__first").failing("2").migrateInVain();

      MigrationStatus status = check("1", "2");

      assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
      follow(status.problem().actions().get(0), run("V1__first", "V2__second"));
      assertThat(check("1", "2").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void aFailedMigrationOfAnotherVersionIsRepaired() {
      run("V1__first").migrate();
      run("V1__first").failing("2").migrateInVain();

      MigrationStatus status = check("1");

      assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
      follow(status.problem().actions().get(0), run("V1__first"));
      assertThat(check("1").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void aFailedRepeatableMigrationIsRepairedAndRunAgain() throws SQLException {
      run("V1__first", "R__views").migrate();
      database.execute(
          "UPDATE %s SET %s = %s WHERE %s = 'views'"
              .formatted(table(), quoted("success"), "FALSE", quoted("description")));

      MigrationStatus status = check("1");

      assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
      follow(status.problem().actions().get(0), run("V1__first", "R__views"));
      assertThat(check("1").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void afterAFailedUndoTheMigrationIsKeptAndRunsOnceOnly() throws SQLException {
      created().migrate();
      failedUndo();

      MigrationStatus status = check("1", "2");

      assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
      String action = status.problem().actions().get(0);
      assertThat(action)
          .contains("undo of 2", "delete the failed row of the undo")
          .doesNotContain("flyway migrate");
      deleteFailedRows();
      assertThat(check("1", "2").verdict()).isEqualTo(Verdict.UP_TO_DATE);
      created().migrate();
      assertThat(database.value("SELECT COUNT(*) FROM item")).isEqualTo("1");
    }

    @Test
    void aFailedUndoBesideAFailedMigrationSaysWhichIsWhich() throws SQLException {
      created().migrate();
      created().failing("3").migrateInVain();
      failedUndo();

      MigrationStatus status = check("1", "2", "3");

      assertThat(status.problem().actions().get(0)).contains("undo of 2", "flyway migrate");
      deleteFailedRows();
      created().script("V3__third", "SELECT 1").migrate();
      assertThat(check("1", "2", "3").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void whatFlywayLeftOutIsAppliedOutOfOrder() {
      run("V1__first", "V3__third").migrate();

      MigrationStatus status = check("1", "2", "3");

      assertThat(status.problem().code()).isEqualTo("GUARD-BEHIND-GAP");
      String action =
          status.problem().actions().stream()
              .filter(each -> each.contains("outOfOrder"))
              .findFirst()
              .orElseThrow();
      follow(action, run("V1__first", "V2__second", "V3__third")).migrate();
      assertThat(check("1", "2", "3").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    /** Undo is part of Flyway's paid editions; this is the row that they write. */
    private void failedUndo() throws SQLException {
      String columns =
          String.join(", ", quoted("version"), quoted("description"), quoted("checksum"))
              + ", "
              + String.join(
                  ", ", quoted("installed_by"), quoted("installed_on"), quoted("execution_time"));
      database.execute(
          "INSERT INTO %1$s (%2$s, %3$s, %4$s, %5$s, %6$s) SELECT %2$s, 'U2__second.sql', 10,"
                  .formatted(
                      table(),
                      columns,
                      quoted("script"),
                      quoted("installed_rank"),
                      quoted("type"),
                      quoted("success"))
              + " 'UNDO_SQL', FALSE FROM %s WHERE %s = '2'".formatted(table(), quoted("version")));
    }

    /** What a repair does; the free edition's fails at a type that it does not know. */
    private void deleteFailedRows() throws SQLException {
      database.execute("DELETE FROM %s WHERE NOT %s".formatted(table(), quoted("success")));
    }

    private FlywayRun created() {
      return run("V1__first")
          .script("V2__second", "CREATE TABLE item (id INT); INSERT INTO item VALUES (1)");
    }

    FlywayRun run(String... names) {
      return FlywayRun.of(database.dataSource(), names);
    }

    MigrationStatus check(String... chain) {
      String text = String.join("\n", chain) + "\n";
      try (SchemaGuard guard =
          SchemaGuard.builder(database.dataSource())
              .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(text, "revisions.txt")))
              .tool(Tool.FLYWAY)
              .environment(variable -> null)
              .build()) {
        return guard.check();
      }
    }

    private String table() {
      return quoted("flyway_schema_history");
    }

    private String quoted(String name) {
      return quote + name + quote;
    }
  }

  /** Does what an action says, in its order. */
  private static FlywayRun follow(String action, FlywayRun run) {
    List<String> commands = COMMAND.matcher(action).results().map(MatchResult::group).toList();
    assertThat(commands).as(action).isNotEmpty();
    for (String command : commands) {
      switch (command) {
        case "flyway repair" -> run.repair();
        case "flyway migrate" -> run.migrate();
        default -> run.outOfOrder();
      }
    }
    return run;
  }
}
