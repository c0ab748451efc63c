// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.build.rolling.RevisionEvidence.Kind;
import dev.schemaguard.build.rolling.UpgradeStep.Action;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight.Decision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision for two versions, without a database. Flyway's chain shows the markers. */
class RollingUpgradeTest {

  private static final String OLD_CHAIN = "1\talias=1_a\n2\talias=2_b\n";

  static UpgradeSide side(String version, String settings, String row, String chain) {
    String head = row.isEmpty() ? "| current | head | | |" : row;
    return UpgradeSide.of(
        CompatibilityMatrix.parse(
            settings
                + "\n| App version | Expected | Min | Max |\n|---|---|---|---|\n"
                + head
                + "\n",
            "compatibility.md of " + version,
            true,
            RevisionChain.parse(chain, "revisions.txt of " + version)),
        version,
        true);
  }

  private static UpgradePlan flyway(String oldSettings, String min, String... added) {
    String chain = OLD_CHAIN;
    for (int i = 0; i < added.length; i++) {
      chain += (i + 3) + "\talias=" + (i + 3) + "_" + added[i] + "\n";
    }
    return RollingUpgrade.of(
            side("1.0.0", oldSettings, "", OLD_CHAIN),
            side("2.0.0", "", "| current | head | " + min + " | |", chain))
        .tool("flyway")
        .plan();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "requires-app_1.0.0_add;requires-app_1.0_index;2;ROLLING;;0",
        "requires-app_0.9.0_add;requires-app_2.0.0_drop;3;STAGED;4;11",
        "requires-app_0.9.0_add;requires-app_2.0.0_drop;2;STAGED;4;11",
        "requires-app_0.9.0_add;requires-app_2.0.0_drop;;RECREATE;4;12",
        "add;requires-app_1.0.0_x;2;STAGED;3;11",
        "add;requires-app_1.0.0_x;3;RECREATE;3;12",
        "requires-app_2.0.0_drop;requires-app_1.0.0_x;3;RECREATE;3;12",
        "requires-app_1.0_requires-app_2;requires-app_1.0.0_x;2;STAGED;3;11",
        "a_requires-app_1.0;requires-app_1.0.0_x;2;STAGED;3;11",
      })
  void markersDecide(
      String third, String fourth, String min, Decision decision, String stop, int code) {
    UpgradePlan plan = flyway("", min == null ? "" : min, third, fourth);
    assertThat(plan.decision()).isEqualTo(decision);
    assertThat(plan.stopsAt()).isEqualTo(stop);
    assertThat(plan.exitCode()).isEqualTo(code);
  }

  @Test
  void withoutEvidenceARevisionIsNotSurvived() {
    UpgradePlan plan = flyway("", "2", "add_column");
    assertThat(plan.decision()).isEqualTo(Decision.STAGED);
    assertThat(plan.evidence()).hasSize(1);
    assertThat(plan.evidence().get(0).kind()).isEqualTo(Kind.NONE);
    assertThat(plan.cannotRestart()).containsExactly("1.0.0");
    assertThat(plan.safeUpTo()).isNull();
    assertThat(plan.steps().stream().map(UpgradeStep::action))
        .containsExactly(Action.ROLL_OUT, Action.WAIT, Action.MIGRATE);
  }

  @Test
  void whatTheOldMatrixAllowsIsSurvivedExceptAMarkerThatRefuses() {
    assertThat(flyway("Unknown ahead: allowed\n", "2", "x").decision()).isEqualTo(Decision.ROLLING);
    assertThat(flyway("Unknown ahead: allowed\n", "2", "x", "requires-app_2_y").stopsAt())
        .isEqualTo("4");
    assertThat(flyway("Unknown ahead: allowed\n", "2", "requires-app_soon").stopsAt())
        .isEqualTo("3");
    assertThat(flyway("Unknown ahead: intact\n", "2", "x").stopsAt()).isEqualTo("3");
  }

  /** The newer matrix was written when it was known what the older version does not survive. */
  @Test
  void theMaxOfTheOldVersionInTheNewMatrixRefuses() {
    UpgradePlan plan =
        RollingUpgrade.of(
                side("1.0.0", "Unknown ahead: allowed\n", "", OLD_CHAIN),
                side(
                    "2.0.0",
                    "",
                    "| current | head | 2 | |\n| 1.0.0 | 2 | | 3 |",
                    OLD_CHAIN + "3\n4\talias=4_requires-app_1.0.0\n"))
            .tool("flyway")
            .plan();

    assertThat(plan.safeUpTo()).isEqualTo("3");
    assertThat(plan.stopsAt()).isEqualTo("4");
    assertThat(plan.evidence().get(1).kind()).isEqualTo(Kind.MAX);
    assertThat(plan.reason()).contains("in the matrix of 2.0.0");
  }

  @Test
  void theStepsOfAStagedUpgradeNameTheCommandsOfTheTool() {
    UpgradePlan plan = flyway("", "2", "requires-app_1_add", "requires-app_2_drop", "x");
    assertThat(plan.safeUpTo()).isEqualTo("3");
    assertThat(plan.startsAt()).isEqualTo("2");
    assertThat(plan.steps().stream().map(UpgradeStep::action))
        .containsExactly(Action.MIGRATE, Action.ROLL_OUT, Action.WAIT, Action.MIGRATE);
    assertThat(plan.steps().get(0).commands()).containsExactly("flyway migrate -target=3");
    assertThat(plan.steps().get(0).revisions()).containsExactly("3");
    assertThat(plan.steps().get(3).commands()).containsExactly("flyway migrate");
    assertThat(plan.steps().get(3).revisions()).containsExactly("4", "5");
    assertThat(plan.steps().get(0).wayBack())
        .isEqualTo("1.0.0 can be restored until 4 is applied, without undoing");
  }

  @Test
  void nothingNewIsRollingWithoutAMigration() {
    UpgradePlan plan = flyway("", "");
    assertThat(plan.decision()).isEqualTo(Decision.ROLLING);
    assertThat(plan.evidence()).isEmpty();
    assertThat(plan.steps().stream().map(UpgradeStep::action)).containsExactly(Action.ROLL_OUT);
  }

  @Test
  void aMarkerThatNamesTheVersionOfBothAdmitsNeither() {
    UpgradePlan plan =
        RollingUpgrade.of(
                side("1.0.0", "", "", OLD_CHAIN),
                side(
                    "1.0.0",
                    "",
                    "| current | head | 2 | |",
                    OLD_CHAIN + "3\talias=3_requires-app_1.0.0_x\n"))
            .tool("flyway")
            .plan();
    assertThat(plan.decision()).isEqualTo(Decision.STAGED);
    assertThat(plan.evidence().get(0).why()).contains("the version of both");
  }

  @Test
  void aMarkerOfAnotherApplicationSaysNothing() {
    UpgradePlan plan =
        RollingUpgrade.of(
                side("1.0.0", "Application: orders\n", "", OLD_CHAIN),
                side(
                    "2.0.0",
                    "Application: orders\n",
                    "| current | head | 2 | |",
                    OLD_CHAIN + "3\talias=3_requires-app_billing_0.1_x\n"))
            .tool("flyway")
            .plan();
    assertThat(plan.evidence().get(0).kind()).isEqualTo(Kind.NONE);
    assertThat(plan.decision()).isEqualTo(Decision.STAGED);
  }

  @Test
  void theMaxOfARowOfOneMatrixIsEvidence() {
    String rows = "| 2.0.0 | 4 | 3 | |\n| 1.0.0 | 2 | 2 | 3 |";
    String chain = "1\n2\n3\n4\n";
    UpgradeSide old = side("1.0.0", "", rows, chain);
    UpgradePlan plan = RollingUpgrade.of(old, side("2.0.0", "", rows, chain)).plan();
    assertThat(plan.evidence().stream().map(RevisionEvidence::kind))
        .containsExactly(Kind.MAX, Kind.MAX);
    assertThat(plan.evidence().stream().map(RevisionEvidence::survives))
        .containsExactly(true, false);
    assertThat(plan.decision()).isEqualTo(Decision.STAGED);
    assertThat(plan.safeUpTo()).isEqualTo("3");
  }

  @Test
  void chainsThatDivergedAreAnError() {
    assertThatThrownBy(
            () ->
                RollingUpgrade.of(
                        side("1.0.0", "", "", "1\n2\nhotfix\n"), side("2.0.0", "", "", "1\n2\n3\n"))
                    .plan())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("hotfix is applied")
        .hasMessageContaining("2.0.0 cannot run");
  }

  @Test
  void aSideWithoutAChainOrARowIsAnError() {
    UpgradeSide known = side("1.0.0", "", "", "1\n");
    CompatibilityMatrix without =
        CompatibilityMatrix.parse("| App version | Expected |\n|---|---|\n| 1.0.0 | 1 |\n", null);
    assertThatThrownBy(
            () -> RollingUpgrade.of(UpgradeSide.of(without, "1.0.0", true), known).plan())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no chain");
    assertThatThrownBy(
            () -> RollingUpgrade.of(side("3.0", "", "| 1.0.0 | 1 | | |", "1\n"), known).plan())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no row for 3.0")
        .hasMessageContaining("1.0.0");
  }

  @Test
  void linesOfOneProductNeedTheProduct() {
    UpgradeSide old = side("1.0.0", "Unknown ahead: allowed\n", "", "1\n");
    UpgradeSide next = side("2.0.0", "", "| current | head | 1 | |", "1\n2\tdbms=mysql\n3\n");
    assertThatThrownBy(() -> RollingUpgrade.of(old, next).plan())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--dbms");
    UpgradePlan plan = RollingUpgrade.of(old, next).on("postgresql").plan();
    assertThat(plan.evidence().stream().map(RevisionEvidence::revision)).containsExactly("3");
  }

  @Test
  void headsOfAlembicAreAppliedOneByOne() {
    String chain = "a\tparents=\nb\tparents=a\n";
    UpgradeSide old = side("1.0.0", "Unknown ahead: allowed\n", "", chain);
    UpgradeSide next =
        side("2.0.0", "", "| current | head | | |", chain + "c\tparents=b\nd\tparents=b\n");
    UpgradePlan plan = RollingUpgrade.of(old, next).plan();
    assertThat(plan.tool()).isEqualTo("alembic");
    assertThat(plan.decision()).isEqualTo(Decision.ROLLING);
    assertThat(plan.steps().get(0).commands()).containsExactly("alembic upgrade heads");
  }

  @Test
  void aConditionThatDoesNotHoldMakesItStaged() {
    UpgradeSide old = side("1.0.0", "Unknown ahead: allowed\n", "", "1\n");
    UpgradeSide next = side("2.0.0", "", "", "1\n2\n3\n");
    UpgradePlan plan =
        RollingUpgrade.of(old, next)
            .waitingFor(Map.of("3", "the backfill of orders is not complete"))
            .plan();
    assertThat(plan.decision()).isEqualTo(Decision.STAGED);
    assertThat(plan.stopsAt()).isEqualTo("3");
    assertThat(plan.reason()).contains("the backfill of orders is not complete");
  }
}
