// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.played;

import dev.schemaguard.build.FlywaySources;
import dev.schemaguard.build.rolling.RollingUpgrade;
import dev.schemaguard.build.rolling.UpgradePlan;
import dev.schemaguard.build.rolling.UpgradeSide;
import dev.schemaguard.preflight.Preflight.Decision;
import java.util.List;

/**
 * What the rolling decision says of an upgrade, from the files of both releases alone.
 *
 * @param decision the decision
 * @param stopsAt the number of the first migration that the old release does not survive; 0 if it
 *     survives all
 * @param plan the whole plan
 */
record RollingAnswer(Decision decision, int stopsAt, UpgradePlan plan) {

  /** Asks for an upgrade on a product. */
  static RollingAnswer of(Release old, Release next, String dbms) {
    UpgradePlan plan = RollingUpgrade.of(side(old), side(next)).tool("flyway").on(dbms).plan();
    String stop = plan.stopsAt();
    return new RollingAnswer(plan.decision(), stop == null ? 0 : Integer.parseInt(stop), plan);
  }

  private static UpgradeSide side(Release release) {
    FlywaySources sources = FlywaySources.directories(List.of(release.folder()), "db/migration");
    return UpgradeSide.of(release.bundledMatrix(), release.version(), true)
        .withMigrations(sources.read(), sources.impacts());
  }

  boolean isRolling() {
    return decision == Decision.ROLLING;
  }

  boolean isRecreate() {
    return decision == Decision.RECREATE;
  }

  /** The number of the newest migration that is applied before the old release is gone. */
  int safeNumber(int head) {
    return isRolling() ? head : stopsAt - 1;
  }
}
