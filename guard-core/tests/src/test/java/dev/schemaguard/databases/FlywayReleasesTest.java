// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories written by releases of Flyway newer than that of the other tests. */
@Tag("full")
@ParameterizedClass
@MethodSource("dev.schemaguard.databases.FlywayRelease#all")
record FlywayReleasesTest(FlywayRelease release) {

  private static final String COLUMNS =
      "\"description\", \"script\", \"checksum\", \"installed_by\", \"installed_on\","
          + " \"execution_time\", \"success\"";

  @Test
  void isTheReleaseThatTheGuideNames() {
    assertThat(release.actualVersion()).startsWith(release.version() + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "MIGRATED, UP_TO_DATE, ",
    "STOPPED_BEFORE_THE_LAST, BEHIND, GUARD-BEHIND",
    "BY_A_NEWER_VERSION, AHEAD_UNKNOWN, GUARD-AHEAD-UNKNOWN",
    "WITH_A_GAP, BEHIND, GUARD-BEHIND-GAP",
    "OUT_OF_ORDER, UP_TO_DATE, ",
    "FAILED, FAILED, GUARD-FAILED",
    "REPAIRED, BEHIND, GUARD-BEHIND",
    "REPEATABLE_FAILED, FAILED, GUARD-FAILED",
    "BASELINE, BEHIND, GUARD-BEHIND",
    "BASELINE_SCRIPT, UP_TO_DATE, ",
    "DELETED, BEHIND, GUARD-BEHIND-GAP",
    "MARKED, AHEAD_INCOMPATIBLE, GUARD-AHEAD-INCOMPATIBLE"
  })
  void isReadAsItIsMeant(FlywayStory story, Verdict verdict, String problem) {
    for (TestDatabase database : List.of(H2.database(), Postgres.database())) {
      release.tell(story, database.dataSource());

      MigrationStatus status = check(database);

      assertThat(status.verdict()).as(database.url() + status.summary()).isEqualTo(verdict);
      assertThat(status.tool()).isEqualTo("flyway");
      if (problem != null) {
        assertThat(status.problem().code()).isEqualTo(problem);
      }
    }
  }

  /** Undoing is not in the edition that is free; the row is as flyway-core lays it out. */
  @Test
  void whatWasUndoneIsPending() throws SQLException {
    for (TestDatabase database : List.of(H2.database(), Postgres.database())) {
      release.tell(FlywayStory.MIGRATED, database.dataSource());
      String table = "\"flyway_schema_history\"";
      database.execute(
          "INSERT INTO %s (\"installed_rank\", \"version\", \"type\", %s)".formatted(table, COLUMNS)
              + " SELECT 10, \"version\", 'UNDO_SQL', %s".formatted(COLUMNS)
              + " FROM %s WHERE \"version\" = '3.0'".formatted(table));

      assertThat(check(database).pendingRevisions()).containsExactly("3");
    }
  }

  @Test
  void itsLockOnPostgresIsSeen() {
    TestDatabase database = Postgres.database();
    List<MigrationStatus> seen = new ArrayList<>();

    release.migrate(database.dataSource(), () -> seen.add(check(database)));

    assertThat(seen).singleElement().extracting(MigrationStatus::migrationLock).isNotNull();
    assertThat(check(database).migrationLock()).isNull();
  }

  private static MigrationStatus check(TestDatabase database) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse("1\n2\n3", "revisions.txt")))
        .applicationVersion("1.0")
        .tool(Tool.AUTO)
        .environment(variable -> null)
        .build()
        .check();
  }
}
