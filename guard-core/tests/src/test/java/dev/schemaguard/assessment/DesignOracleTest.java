// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.assessment.DesignOracle.Answer;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Tally;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The assessment says what the design says, whatever chain, row and history are drawn. */
@Tag("inputs")
class DesignOracleTest {

  private static final int CASES = Tally.inputs(40_000);

  private static Answer answer(DrawnCase drawn) {
    MigrationStatus status = drawn.status();
    return new Answer(
        status.verdict(),
        status.compatible(),
        Set.copyOf(status.pendingRevisions()),
        Set.copyOf(status.aheadRevisions()),
        Set.copyOf(status.failedRevisions()));
  }

  @Test
  void theAnswerIsTheDesigns() {
    Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
    try (Tally tally = new Tally("random histories against the design's rules")) {
      for (int seed = 0; seed < CASES; seed++) {
        DrawnCase drawn = CaseGenerator.draw(seed);
        tally.check(
            "seed " + seed + ": " + drawn,
            () -> {
              Answer answer = answer(drawn);
              assertThat(answer).isEqualTo(DesignOracle.answer(drawn));
              seen.merge(answer.verdict(), 1, Integer::sum);
            });
      }
      assertThat(tally.accepted()).isEqualTo(CASES);
    }
    assertThat(seen).as("verdicts that were given").hasSize(Verdict.values().length - 3);
    assertThat(seen.values()).allMatch(count -> count > Tally.inputs(300));
  }
}
