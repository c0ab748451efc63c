// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.applied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Golden;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The JSON of a status, one of each verdict, word by word. */
class StatusGoldenTest {

  private static Map<Verdict, MigrationStatus> statuses() {
    Map<String, MigrationStatus> problems = ProblemExamples.statuses();
    Map<Verdict, MigrationStatus> statuses = new EnumMap<>(Verdict.class);
    statuses.put(Verdict.UNREACHABLE, problems.get("GUARD-UNREACHABLE"));
    statuses.put(Verdict.UNREADABLE, problems.get("GUARD-UNREADABLE-PERMISSION"));
    statuses.put(Verdict.UNKNOWN_VERSION, problems.get("GUARD-UNKNOWN-VERSION"));
    statuses.put(Verdict.FAILED, problems.get("GUARD-FAILED"));
    statuses.put(Verdict.UNINITIALIZED, problems.get("GUARD-UNINITIALIZED"));
    statuses.put(Verdict.BEHIND, problems.get("GUARD-BEHIND.running"));
    statuses.put(Verdict.AHEAD_INCOMPATIBLE, problems.get("GUARD-AHEAD-INCOMPATIBLE"));
    statuses.put(Verdict.DRIFTED, problems.get("GUARD-DRIFTED"));
    statuses.put(Verdict.AHEAD_UNKNOWN, problems.get("GUARD-AHEAD-UNKNOWN"));
    statuses.put(
        Verdict.AHEAD_COMPATIBLE,
        ProblemExamples.orders()
            .accepting("0058_more")
            .status(
                ProblemExamples.expectedAnd(
                    applied("0057_drop_legacy", "requires-app 1.4"), applied("0058_more"))));
    statuses.put(
        Verdict.BEHIND_COMPATIBLE,
        ProblemExamples.orders()
            .version("1.4.2-SNAPSHOT")
            .locked(new MigrationLock(null, null, "the holder's local time", null, false))
            .status(allApplied("0049_customers", "0050_orders")));
    statuses.put(
        Verdict.UP_TO_DATE, ProblemExamples.orders().status(ProblemExamples.expectedAnd()));
    return statuses;
  }

  @TestFactory
  Stream<DynamicTest> everyStatusIsAsLaidDown() {
    return statuses().entrySet().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getKey().name(),
                    () -> {
                      assertThat(example.getValue().verdict()).isEqualTo(example.getKey());
                      Golden.assertMatches(
                          "status/" + example.getKey() + ".json", example.getValue().toJson());
                    }));
  }

  @Test
  void thereIsOneOfEachVerdict() {
    assertThat(statuses()).containsOnlyKeys(Verdict.values());
  }
}
