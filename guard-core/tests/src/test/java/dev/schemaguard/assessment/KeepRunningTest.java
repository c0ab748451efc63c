// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.applied;
import static dev.schemaguard.assessment.Entries.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.UnknownAhead;
import dev.schemaguard.status.MigrationStatus.Structure;
import dev.schemaguard.status.MigrationStatus.Structure.Result;
import dev.schemaguard.status.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether an instance that already runs can continue, although it may be unable to start. */
class KeepRunningTest {

  private static Judge judge() {
    return Judge.chain("0\tdbms=mysql", "1", "2", "3\tretired", "4", "5").expecting("4", "2");
  }

  /** Failed revisions begin with an exclamation mark; 6 refuses this version. */
  private static HistoryEntry[] entries(String history) {
    return Stream.of(history.split(" "))
        .map(
            name ->
                name.startsWith("!")
                    ? failed(name.substring(1))
                    : name.equals("6") ? applied(name, "requires-app 2.0") : applied(name))
        .toArray(HistoryEntry[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "1 2 4,       UP_TO_DATE,         true",
    "1 2,         BEHIND_COMPATIBLE,  true",
    "1,           BEHIND,             false",
    "1 2 4 5,     AHEAD_UNKNOWN,      true",
    "1 2 4 6,     AHEAD_INCOMPATIBLE, false",
    "1 2 4 !5,    FAILED,             true",
    "1 2 !4,      FAILED,             false",
    "!0 1 2 4,    FAILED,             false",
    "1 !5,        FAILED,             false",
    "1 2 4 6 !5,  FAILED,             false",
    "1 2 !3 4 !5, FAILED,             true",
  })
  void needsWhatTheRowRequiresAndNoRefusal(String history, Verdict verdict, boolean canKeep) {
    Assessment assessment = judge().assess(entries(history));

    assertThat(assessment.verdict()).isEqualTo(verdict);
    assertThat(assessment.canKeepRunning()).isEqualTo(canKeep);
  }

  /** Without a chain, what was recorded before the expected revision belongs to this version. */
  @ParameterizedTest
  @CsvSource({"1 !5 4, false", "1 4 !5, true", "1 !5, false", "!5 1 4, false"})
  void needsNoFailureBeforeTheExpectedRevisionWithoutAChain(String history, boolean canKeep) {
    Assessment assessment = Judge.withoutChain().expecting("4", "1").assess(entries(history));

    assertThat(assessment.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(assessment.canKeepRunning()).isEqualTo(canKeep);
  }

  @ParameterizedTest
  @CsvSource({
    "1 2 4,   BROKEN, true,  DRIFTED,            false, true",
    "1 2 4,   BROKEN, false, UP_TO_DATE,         true,  true",
    "1 2 4 5, BROKEN, true,  AHEAD_INCOMPATIBLE, false, false",
    "1 2 4 5, BROKEN, false, AHEAD_UNKNOWN,      false, true",
    "1 2 4 5, INTACT, true,  AHEAD_UNKNOWN,      true,  true",
  })
  void dependsOnWhatTheSchemaLacks(
      String history,
      Result result,
      boolean enforced,
      Verdict verdict,
      boolean compatible,
      boolean canKeep) {
    Assessment assessment =
        judge()
            .unknownAhead(UnknownAhead.INTACT)
            .assess(entries(history))
            .withStructure(
                new StructureEvidence(Structure.of(result), "", 1, 1, List.of(), enforced));

    assertThat(assessment.verdict()).isEqualTo(verdict);
    assertThat(assessment.isCompatible()).isEqualTo(compatible);
    assertThat(assessment.canKeepRunning()).isEqualTo(canKeep);
    assertThat(assessment.isDrifted()).isEqualTo(verdict == Verdict.DRIFTED);
  }
}
