// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.played;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.preflight.Preflight.Decision;
import dev.schemaguard.testing.Figures;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.Repetitions;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forty upgrades on a real database, migrated by real Flyway. Each one is played twice: the answer
 * of the rolling decision is ignored, then it is followed.
 */
abstract class PlayedUpgradesContract {

  private static final int UPGRADES = 40;

  @TempDir Path temp;

  /** Counts of one decision. */
  private static final class Count {
    int upgrades;
    int harmed;
    int brokenAsForetold;
    int needless;
  }

  /** A new database with the first migration of a release. */
  abstract TestDatabase migrated(Release release);

  /** Liquibase's short name of the product. */
  abstract String dbms();

  /** The product's name in the table of docs/why/reliability.md. */
  abstract String product();

  @Test
  void followedHarmNobodyAndIgnoredBreakTheOldReleaseWhereForetold() throws Exception {
    FlywayRun.quiet();
    List<Upgrade> all = Upgrade.all();
    assertThat(all).hasSize(UPGRADES);
    int count = Repetitions.of(UPGRADES);
    Map<Decision, Count> counts = new EnumMap<>(Decision.class);
    List<String> wrong = new ArrayList<>();
    List<String> needless = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      play(all.get(i * UPGRADES / count), counts, wrong, needless);
    }
    assertThat(wrong).as("harmed; needlessly careful: %s", needless).isEmpty();
    assertThat(needless).as("needlessly careful").hasSizeLessThan(Math.max(2, count / 5));
    counts.forEach(
        (decision, each) ->
            Figures.record(
                "upgrades",
                decision.name().toLowerCase(Locale.ROOT) + ", " + product(),
                each.upgrades,
                decision == Decision.ROLLING ? "–" : each.brokenAsForetold,
                decision == Decision.ROLLING ? "–" : each.needless,
                each.harmed));
  }

  private void play(
      Upgrade upgrade, Map<Decision, Count> counts, List<String> wrong, List<String> needless)
      throws Exception {
    Path folder = Files.createTempDirectory(temp, "upgrade");
    Release old = Release.first(folder.resolve("old"), upgrade);
    Release next = Release.second(folder.resolve("new"), upgrade, dbms().equals("mysql"));
    TestDatabase ignoring = migrated(old);
    if (upgrade.evidence() == Upgrade.Evidence.SCHEMA_FILE) {
      old.writeSchemaFile(ignoring);
      next.copySchemaFile(old, dbms());
    }
    int broken = new Play(upgrade, old, next, ignoring).firstBroken();
    if (upgrade.evidence() == Upgrade.Evidence.SCHEMA_FILE) {
      next.migrate(ignoring.dataSource(), upgrade.head());
      next.writeSchemaFile(ignoring);
    }
    RollingAnswer answer = RollingAnswer.of(old, next, dbms());
    Count count = counts.computeIfAbsent(answer.decision(), decision -> new Count());
    count.upgrades++;
    if (!answer.isRolling() && broken == answer.stopsAt()) {
      count.brokenAsForetold++;
    } else if (!answer.isRolling() && (broken == 0 || broken > answer.stopsAt())) {
      count.needless++;
      needless.add(upgrade + " stops at " + answer.stopsAt() + ": " + answer.plan().evidence());
    }
    List<String> failures = new Play(upgrade, old, next, migrated(old)).follow(answer);
    if (!failures.isEmpty() || (broken != 0 && answer.isRolling())) {
      count.harmed++;
      wrong.add(
          upgrade
              + ": "
              + answer.decision()
              + ", breaks at "
              + broken
              + ", followed: "
              + failures
              + answer.plan().evidence());
    }
  }
}
