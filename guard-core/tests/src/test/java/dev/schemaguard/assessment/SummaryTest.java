// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.applied;
import static dev.schemaguard.assessment.Entries.failed;
import static dev.schemaguard.assessment.Entries.pathless;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.assessment.ConnectionFailure.Kind;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.status.MigrationStatus;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {

  private static Judge judge() {
    return Judge.chain("1", "2", "3", "4", "5", "6", "7", "8", "9").expecting("8", "2");
  }

  @Test
  void ofASchemaThatIsUpToDate() {
    assertThat(summary(judge().status(allApplied("1", "2", "3", "4", "5", "6", "7", "8"))))
        .isEqualTo("Schema is up to date");
  }

  @Test
  void ofASchemaThatIsBehind() {
    assertThat(summary(judge().status(applied("1")))).isEqualTo("7 pending migration(s): 1 → 8");
  }

  @Test
  void ofASchemaThatIsBehindAndCompatible() {
    assertThat(summary(judge().status(allApplied("1", "2", "3", "4", "5", "6"))))
        .isEqualTo("Schema is compatible; 2 pending migration(s): 6 → 8");
  }

  @Test
  void ofAGap() {
    assertThat(summary(judge().status(allApplied("1", "3", "5", "8"))))
        .isEqualTo("4 migration(s) missing before 8: 2, 4, 6, 7");
    assertThat(summary(judge().status(applied("8"))))
        .isEqualTo("7 migration(s) missing before 8: 1, 2, 3, 4, 5, …");
  }

  @Test
  void ofAGapBeforeAnUnknownRevision() {
    assertThat(summary(judge().status(allApplied("1", "3", "x"))))
        .isEqualTo("6 migration(s) missing before x: 2, 4, 5, 6, 7, …");
  }

  @Test
  void ofAFreshDatabase() {
    assertThat(summary(judge().status(judge().absent())))
        .isEqualTo("Fresh database; 8 pending migration(s): none → 8");
  }

  @Test
  void ofAnEmptyHistory() {
    assertThat(summary(judge().status()))
        .isEqualTo("Empty history; 8 pending migration(s): none → 8");
  }

  @Test
  void ofADatabaseOfAnApplicationWithoutMigrations() {
    assertThat(summary(Judge.chain("# no migrations yet").expectingHead().status()))
        .isEqualTo("Schema is up to date");
  }

  @Test
  void ofADatabaseThatIsAhead() {
    MigrationStatus unknown =
        judge().status(allApplied("1", "2", "3", "4", "5", "6", "7", "8", "9"));
    MigrationStatus refused =
        judge().status(applied("1"), applied("2"), applied("x"), applied("y", "requires-app 1.1"));

    assertThat(summary(unknown)).isEqualTo("Database is 1 revision(s) ahead: 8 → 9");
    assertThat(summary(refused)).isEqualTo("Database is 2 revision(s) ahead: 8 → y");
  }

  @Test
  void ofADatabaseThatIsAheadAndAllowed() {
    assertThat(
            summary(judge().status(applied("1"), applied("2"), applied("y", "requires-app 1.0"))))
        .isEqualTo("Schema is compatible; database is 1 revision(s) ahead: 8 → y");
    assertThat(summary(judge().allowingUnknown().status(allApplied("1", "2", "y"))))
        .isEqualTo("Schema is compatible; database is 1 revision(s) ahead: 8 → y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alembic", "golang-migrate"})
  void ofADatabaseWhereTheToolRecordsAPositionOnly(String tool) {
    MigrationStatus status =
        judge().tool(tool).status(pathless("1"), pathless("2"), pathless("20990101"));

    assertThat(summary(status)).isEqualTo("Database is at 20990101, unknown to this version");
  }

  @Test
  void ofSeveralHeadsInWhateverOrderTheyAreRecorded() {
    Judge heads = judge().tool("alembic");

    assertThat(summary(heads.status(head("y"), head("9"), head("x"), head("2"))))
        .isEqualTo("Database is 3 revision(s) ahead: 8 → 2, 9, x, y");
    assertThat(summary(heads.status(head("y"), head("x"))))
        .isEqualTo("Database is 3 revision(s) ahead: 8 → x, y");
  }

  private static HistoryEntry head(String name) {
    return new HistoryEntry(name, name, null, Outcome.HEAD, false, null, null, null);
  }

  @Test
  void ofAPositionThatTheChainKnows() {
    MigrationStatus status =
        judge()
            .tool("alembic")
            .row("0.9", "2", null, null)
            .version("0.9")
            .status(pathless("1"), pathless("2"), pathless("3"));

    assertThat(summary(status)).isEqualTo("Database is 1 revision(s) ahead: 2 → 3");
  }

  @Test
  void ofAFailure() {
    assertThat(summary(judge().status(applied("1"), failed("2"), failed("3"))))
        .isEqualTo("ERROR: 2, 3 are recorded as failed in databasechangelog");
  }

  @Test
  void ofWhatCannotBeTold() {
    Assessment unreachable =
        judge()
            .assessor()
            .unreachable(new ConnectionFailure(Kind.NO_CONNECTION, "Connection refused"));

    assertThat(summary(judge().status(unreachable))).isEqualTo("ERROR: Connection refused");
    assertThat(summary(judge().status(judge().unreadable(Cause.QUERY))))
        .isEqualTo("ERROR: the obstacle");
    assertThat(summary(judge().version("7.0").status(applied("1"))))
        .isEqualTo("ERROR: revisions.txt has no row for 7.0; it has rows for 1.0");
  }

  @Nested
  class Errors {

    private String error(String message) {
      return judge()
          .status(
              judge()
                  .assess(new Unreadable(judge().place(), Cause.QUERY, message, List.of("look"))))
          .error();
    }

    @Test
    void areAtMost300CharactersLong() {
      assertThat(error("x".repeat(300))).isEqualTo("x".repeat(300));
      assertThat(error("x".repeat(301))).isEqualTo("x".repeat(299) + "…");
    }

    @Test
    void areNotCutInTheMiddleOfACharacter() {
      String cut = error("x".repeat(298) + "😀😀");

      assertThat(cut).isEqualTo("x".repeat(298) + "…");
    }

    @Test
    void areOneLineWithoutControlCharacters() {
      assertThat(error("a\r\n\tb \u001b[31m c\u0000d\u0085e\u2028f"))
          .isEqualTo("a\\r\\n\\tb \\u001b[31m c\\u0000d\\u0085e\\u2028f");
    }

    @Test
    void areNeverEmpty() {
      assertThat(error(" \n")).isEqualTo("The history cannot be read");
      assertThat(
              judge()
                  .status(judge().assessor().unreachable(new ConnectionFailure(Kind.TIMEOUT, "")))
                  .summary())
          .isEqualTo("ERROR: The database gave no answer in time");
    }
  }

  @Test
  void isOneLineWhateverAMigrationIsCalled() {
    assertThat(summary(judge().allowingUnknown().status(allApplied("1", "2", "x\ny"))))
        .isEqualTo("Schema is compatible; database is 1 revision(s) ahead: 8 → x\\ny");
  }

  private static String summary(MigrationStatus status) {
    return status.summary();
  }

  @Test
  void anAllowedHeadThatIsUnknownIsNotedWithWhatIsAssumed() {
    MigrationStatus status =
        Judge.chain("a1", "b2")
            .tool("alembic")
            .allowingUnknown()
            .expectingHead()
            .status(
                new HistoryEntry(
                    "ff", "ff", null, HistoryEntry.Outcome.HEAD, false, null, null, null));

    assertThat(status.compatible()).isTrue();
    assertThat(status.notes())
        .containsExactly(
            "ff is not in the chain: it is assumed, not known, that the whole chain is applied"
                + " below it");
  }
}
