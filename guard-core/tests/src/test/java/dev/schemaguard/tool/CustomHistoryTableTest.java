// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomHistoryTableTest {

  private static final CustomHistoryTable STEPS = CustomHistoryTable.of("steps", "step");

  @Test
  void isWhatTheSettingsDescribe() {
    assertThat(
            CustomHistoryTable.configured(
                Tool.TABLE, " steps ", " app , step", "n", "a", "b", " c ", "all"))
        .contains(
            CustomHistoryTable.of("steps", "app", "step")
                .orderedBy("n")
                .appliedWhen("a")
                .failedWhen("b")
                .rowsWhere("c"));
    assertThat(CustomHistoryTable.configured(Tool.TABLE, "steps", "step", "", " ", null, "", " "))
        .contains(STEPS);
    assertThat(
            CustomHistoryTable.configured(
                Tool.TABLE, "steps", "step", null, null, null, null, "NEWEST"))
        .contains(STEPS.holdingNewest());
    assertThat(CustomHistoryTable.configured(Tool.AUTO, "steps", "", null, " ", null, "", null))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "TABLE, , step, , , , , , table",
    "TABLE, steps, , , , , , , revision-column",
    "TABLE, steps, 'app,', , , , , , revision-column",
    "FLYWAY, steps, step, , , , , , revision-column",
    "AUTO, , , n, , , , , order-column",
    "AUTO, , , , a, , , , applied-when",
    "AUTO, , , , , b, , , failed-when",
    "AUTO, , , , , , c, , rows-where",
    "AUTO, , , , , , , newest, rows-hold",
  })
  void isAnErrorOfTheSettingThatIsMissingOrHasNoMeaning(
      Tool tool,
      String table,
      String revision,
      String order,
      String applied,
      String failed,
      String where,
      String hold,
      String setting) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                CustomHistoryTable.configured(
                    tool, table, revision, order, applied, failed, where, hold))
        .satisfies(e -> assertThat(e.location()).isEqualTo(setting))
        .satisfies(e -> assertThat(e.remedy()).contains("tool"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a; DROP TABLE b", "a -- b", "a /* b", " "})
  void takesNoConditionThatEndsTheStatementOrHidesTheRest(String condition) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> STEPS.appliedWhen(condition))
        .withMessageContaining("'" + condition + "' is not a condition");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> STEPS.failedWhen(condition));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> STEPS.rowsWhere(condition));
  }

  @Test
  void holdsEveryMigrationOrTheNewestVersion() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                CustomHistoryTable.configured(Tool.TABLE, "v", "v", null, null, null, null, "last"))
        .satisfies(e -> assertThat(e.location()).isEqualTo("rows-hold"))
        .withMessageContaining("'last' is neither newest nor all");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> STEPS.orderedBy("n").holdingNewest())
        .satisfies(e -> assertThat(e.location()).isEqualTo("order-column"))
        .withMessageContaining("has one row and no order");
  }

  @Test
  void isNamedOnce() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Tools.reader(STEPS, new HistoryLocation(null, "other", null)))
        .withMessageContaining("'other' is not steps");
    assertThat(Tools.reader(STEPS, new HistoryLocation(null, "steps", null)).tool())
        .isEqualTo("table");
  }

  @Test
  void goesWithNoOtherToolAndTheToolWithNothingElse() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> guard().tool(Tool.FLYWAY).customTable(STEPS).build())
        .withMessageContaining("the table steps is described, and the tool is flyway");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> guard().tool(Tool.TABLE).build())
        .withMessageContaining("customTable(…)");
  }

  private static SchemaGuardBuilder guard() {
    return SchemaGuard.builder(H2.database().dataSource())
        .matrix(Statewave.matrix())
        .environment(variable -> null);
  }
}
