// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.build.impact.ChangeKind;
import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.build.impact.SchemaChange;
import dev.schemaguard.build.rolling.RevisionEvidence.Kind;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.preflight.Preflight.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What schema files and parsed migrations say about an old version with {@code intact}. */
class RollingStructureTest {

  private static final String OLD_FILE = "since 1\n\ntable a\n  x integer\n  y text\n";

  private static UpgradePlan plan(
      String setting, String oldFile, String newFile, ChangeKind... changes) {
    String chain = "1\n";
    List<RevisionImpact> impacts = new ArrayList<>();
    for (int i = 0; i < changes.length; i++) {
      chain += (i + 2) + "\n";
      impacts.add(RevisionImpact.of("" + (i + 2), List.of(SchemaChange.of(changes[i], "a", "z"))));
    }
    UpgradeSide old = RollingUpgradeTest.side("1.0.0", setting, "", "1\n");
    UpgradeSide next = RollingUpgradeTest.side("2.0.0", "", "| current | head | 1 | |", chain);
    return RollingUpgrade.of(
            with(old, oldFile), with(next, newFile).withMigrations(List.of(), impacts))
        .on("postgresql")
        .plan();
  }

  private static UpgradeSide with(UpgradeSide side, String file) {
    CompatibilityMatrix matrix =
        file.isEmpty()
            ? side.matrix()
            : side.matrix().withSchemaFile("postgresql", file, "schema.postgresql.txt");
    return UpgradeSide.of(matrix, side.version(), true);
  }

  @Test
  void anExpandingMigrationIsSurvivedByItsParsedText() {
    UpgradePlan plan = plan("Unknown ahead: intact\n", OLD_FILE, "", ChangeKind.ADD_COLUMN);
    assertThat(plan.decision()).isEqualTo(Decision.ROLLING);
    assertThat(plan.evidence().get(0).kind()).isEqualTo(Kind.PARSED_MIGRATION);
  }

  @Test
  void withoutASchemaFileOfItsOwnTheOldGuardAdmitsNothing() {
    assertThat(plan("Unknown ahead: intact\n", "", "", ChangeKind.ADD_COLUMN).decision())
        .isEqualTo(Decision.STAGED);
    assertThat(plan("", OLD_FILE, OLD_FILE, ChangeKind.ADD_COLUMN).decision())
        .isEqualTo(Decision.STAGED);
  }

  @Test
  void theSchemaFilesShowWhatAnUnclearMigrationLeaves() {
    UpgradePlan plan = plan("Unknown ahead: intact\n", OLD_FILE, OLD_FILE, ChangeKind.CODE);
    assertThat(plan.decision()).isEqualTo(Decision.ROLLING);
    assertThat(plan.evidence().get(0).kind()).isEqualTo(Kind.SCHEMA_FILES);
    assertThat(plan("Unknown ahead: intact\n", OLD_FILE, "", ChangeKind.CODE).decision())
        .isEqualTo(Decision.STAGED);
  }

  @Test
  void whatWasDroppedStopsEvenWhatTheMatrixAllows() {
    String without = "since 1\n\ntable a\n  x integer\n";
    for (String setting : List.of("Unknown ahead: intact\n", "Unknown ahead: allowed\n")) {
      UpgradePlan plan =
          plan(setting, OLD_FILE, without, ChangeKind.ADD_COLUMN, ChangeKind.DROP_COLUMN);
      assertThat(plan.decision()).isEqualTo(Decision.STAGED);
      assertThat(plan.safeUpTo()).isEqualTo("2");
      assertThat(plan.reason()).contains("a.y");
    }
  }

  @Test
  void aColumnThatTheOldVersionDoesNotUseMayGo() {
    String unused = OLD_FILE.replace("y text", "y text\tunused");
    String without = "since 1\n\ntable a\n  x integer\n";
    assertThat(plan("Unknown ahead: intact\n", unused, without, ChangeKind.DROP_COLUMN).decision())
        .isEqualTo(Decision.ROLLING);
  }

  @Test
  void aConstraintThatNoSchemaFileShowsStops() {
    for (String setting : List.of("Unknown ahead: intact\n", "Unknown ahead: allowed\n")) {
      UpgradePlan plan = plan(setting, OLD_FILE, OLD_FILE, ChangeKind.ADD_CHECK);
      assertThat(plan.decision()).isEqualTo(Decision.STAGED);
      assertThat(plan.evidence().get(0).kind()).isEqualTo(Kind.PARSED_MIGRATION);
    }
  }

  /** The schema file of a release that drops and adds in one go has no since= there. */
  @Test
  void aNameThatIsMissingForAWhileStopsAlthoughTheSchemaFilesAgree() {
    for (ChangeKind back :
        List.of(ChangeKind.CREATE_OBJECT, ChangeKind.RENAME_TABLE, ChangeKind.CREATE_TABLE)) {
      UpgradePlan plan =
          plan("Unknown ahead: intact\n", OLD_FILE, OLD_FILE, ChangeKind.RENAME_TABLE, back);
      assertThat(plan.stopsAt()).as(back.name()).isEqualTo("2");
    }
    assertThat(
            plan(
                    "Unknown ahead: intact\n",
                    OLD_FILE,
                    OLD_FILE,
                    ChangeKind.DROP_COLUMN,
                    ChangeKind.CREATE_INDEX)
                .decision())
        .isEqualTo(Decision.ROLLING);
  }

  @Test
  void aDropThatALaterRevisionTakesBackStopsInBetween() {
    String again = "since 1\n\ntable a\n  x integer\n  y text\tsince=3\n";
    UpgradePlan plan =
        plan(
            "Unknown ahead: intact\n",
            OLD_FILE,
            again,
            ChangeKind.DROP_COLUMN,
            ChangeKind.ADD_COLUMN);
    assertThat(plan.stopsAt()).isEqualTo("2");
  }
}
