// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.preflight.Preflight.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random upgrades, compared with a plain second opinion: revision by revision, would a version 5
 * that knows the first lines of the chain start?
 */
class RandomUpgradesTest {

  private static final int OLD_VERSION = 5;

  /** What a revision says: nothing, a version that its marker names, or a malformed marker. */
  private record Line(String slug, boolean admits) {

    static Line of(Random random, boolean allowed) {
      int floor = random.nextInt(10);
      return switch (random.nextInt(4)) {
        case 0 -> new Line("plain", allowed);
        case 1 -> new Line("requires-app_soon", false);
        default -> new Line("requires-app_" + floor + ".0_x", floor <= OLD_VERSION);
      };
    }
  }

  @Test
  void theDecisionIsThatOfTheGuardsStateByState() {
    Random random = new Random(23);
    List<Decision> seen = new ArrayList<>();
    for (int round = 0; round < 400; round++) {
      boolean allowed = random.nextBoolean();
      int known = 1 + random.nextInt(3);
      List<Line> lines = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        lines.add(Line.of(random, allowed));
      }
      int min = 1 + random.nextInt(known + lines.size());
      StringBuilder chain = new StringBuilder();
      for (int i = 1; i <= known; i++) {
        chain.append(i).append('\n');
      }
      String old = chain.toString();
      for (int i = 0; i < lines.size(); i++) {
        int name = known + 1 + i;
        chain.append(name + "\talias=" + name + "_" + lines.get(i).slug() + "\n");
      }

      UpgradePlan plan =
          RollingUpgrade.of(
                  RollingUpgradeTest.side(
                      OLD_VERSION + ".0", allowed ? "Unknown ahead: allowed\n" : "", "", old),
                  RollingUpgradeTest.side(
                      "9.0", "", "| current | head | " + min + " | |", chain.toString()))
              .tool("flyway")
              .plan();

      int survived = 0;
      while (survived < lines.size() && lines.get(survived).admits()) {
        survived++;
      }
      Decision expected =
          survived == lines.size()
              ? Decision.ROLLING
              : min <= known + survived ? Decision.STAGED : Decision.RECREATE;
      assertThat(plan.decision()).as("round %s: %s from %s", round, chain, min).isEqualTo(expected);
      assertThat(plan.stopsAt())
          .isEqualTo(survived == lines.size() ? null : "" + (known + survived + 1));
      for (int i = 0; i < lines.size(); i++) {
        assertThat(plan.evidence().get(i).survives()).isEqualTo(lines.get(i).admits());
      }
      seen.add(plan.decision());
    }
    assertThat(seen).contains(Decision.ROLLING, Decision.STAGED, Decision.RECREATE);
  }
}
