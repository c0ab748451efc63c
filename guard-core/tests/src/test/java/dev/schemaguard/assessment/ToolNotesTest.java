// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a status says besides if a tool records a position, and no list of migrations. */
class ToolNotesTest {

  private static HistoryEntry[] heads(String names) {
    return Stream.of(names.split(" "))
        .map(name -> new HistoryEntry(name, name, null, Outcome.HEAD, false, null, null, null))
        .toArray(HistoryEntry[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "'a|b|c',                                    c",
    "'a|b\tparents=a|c\tparents=a',              'b, c'",
    "'a|b\tparents=a|c\tparents=a dbms=mysql',   b",
    "'a|b\tparents=a|c\tparents=a retired',      b",
    "'a|b\tparents=a|c\tparents=a|d\tparents=b,c', d",
    "'a|r\tparents=',                            'a, r'",
  })
  void theWholeChainIsExpectedByItsHeads(String chain, String expected) {
    Judge judge = Judge.chain(lines(chain)).tool("alembic").expectingHead();

    assertThat(judge.status(heads("a")).expectedHead()).isEqualTo(expected);
  }

  private static String[] lines(String chain) {
    return chain.replace(" dbms", "\tdbms").replace(" retired", "\tretired").split("\\|");
  }

  @ParameterizedTest
  @CsvSource({
    "b,   ",
    "z,   'z is not in the chain: it is assumed, not known, that the whole chain is applied below it'",
    "a b, 'alembic_version holds a beside a revision that builds on it, which Alembic refuses'",
  })
  void headsThatSayLessOrMoreThanTheyShouldAreNoted(String heads, String note) {
    MigrationStatus status =
        Judge.chain("a", "b").tool("alembic").row("1.0", "b", "a", "any").status(heads(heads));

    assertThat(String.join("; ", status.notes())).isEqualTo(note == null ? "" : note);
  }

  @ParameterizedTest
  @CsvSource({
    "a, c, a,   BEHIND_COMPATIBLE, a",
    "a, c, b,   UP_TO_DATE,        b",
    "a, c, c,   AHEAD_COMPATIBLE,  c",
    "a, c, b a, UP_TO_DATE,        'a, b'",
    "a, c, c b, AHEAD_COMPATIBLE,  'b, c'",
    " ,  , b,   UP_TO_DATE,        b",
  })
  void theRowAloneOrdersHeadsWithoutAChain(
      String min, String max, String heads, Verdict verdict, String current) {
    MigrationStatus status =
        Judge.withoutChain().tool("alembic").row("1.0", "b", min, max).status(heads(heads));

    assertThat(status.verdict()).isEqualTo(verdict);
    assertThat(status.currentRevision()).isEqualTo(current);
  }

  @Test
  void noHeadIsAnEmptyDatabase() {
    MigrationStatus status = Judge.withoutChain().tool("alembic").expecting("b").status();

    assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
    assertThat(status.currentRevision()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1 2 3,   3, 3,",
    "1 3 2,   2, 3, 2 was added below a newer version",
    "1 3 2,   2, 1,",
    "1 2 4 3, 4, 4,",
  })
  void aLateNumberThatMayHaveBeenSkippedIsNoted(
      String chain, String expected, String version, String note) {
    MigrationStatus status =
        golangMigrate(Judge.chain(chain.split(" ")).expecting(expected), version);

    if (note == null) {
      assertThat(status.notes()).isEmpty();
    } else {
      assertThat(status.notes()).singleElement().asString().startsWith(note);
    }
  }

  @Test
  void aVersionThatWasBegunBeyondTheExpectedOneIsAhead() {
    Assessment assessment =
        Judge.chain("1", "2", "3")
            .tool("golang-migrate")
            .expecting("2")
            .assess(numbered("3", Outcome.BASELINE, null), numbered("3", Outcome.FAILED, null));

    assertThat(assessment.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(assessment.comparison().ahead())
        .extracting(AheadRevision::name)
        .containsExactly("3");
  }

  private static MigrationStatus golangMigrate(Judge judge, String version) {
    return judge
        .tool("golang-migrate")
        .status(
            numbered(version, Outcome.BASELINE, null), numbered(version, Outcome.APPLIED, null));
  }
}
