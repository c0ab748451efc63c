// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.tool.Tools;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardSettingsTest {

  private static final CompatibilityMatrix MATRIX = Statewave.matrix();
  private static final CustomHistoryTable TABLE = CustomHistoryTable.of("goose", "version_id");

  private static GuardSettings settings(
      ApplicationSettings application, HistorySettings history, Map<String, String> variables) {
    return new GuardSettings(
        "reporting",
        application,
        history,
        PolicySettings.DEFAULT.accepting(List.of("0099_z")),
        TimingSettings.DEFAULT,
        ReportingSettings.DEFAULT,
        EnvironmentVariables.of(variables::get));
  }

  private static GuardSettings inForce(HistorySettings history, Map<String, String> variables) {
    return settings(ApplicationSettings.DEFAULT, history, variables).inForce(MATRIX);
  }

  @Nested
  class InForce {

    @Test
    void theMatrixNamesTheApplicationUnlessItIsSet() {
      GuardSettings named =
          settings(
              ApplicationSettings.DEFAULT.withName("orders").withVersion("1.4.2"),
              HistorySettings.DEFAULT,
              Map.of("SCHEMA_GUARD_ENVIRONMENT", " staging "));

      assertThat(inForce(HistorySettings.DEFAULT, Map.of()).fullName())
          .isEqualTo("statewave, database reporting");
      assertThat(named.inForce(MATRIX).fullName())
          .isEqualTo("orders 1.4.2 (staging), database reporting");
    }

    @Test
    void variablesAddToWhatIsAccepted() {
      Map<String, String> variables = Map.of("SCHEMA_GUARD_ACCEPT", "0098_y, 0097_x");

      assertThat(inForce(HistorySettings.DEFAULT, variables).policy().accepted())
          .containsExactly("0099_z", "0098_y", "0097_x");
    }

    @ParameterizedTest
    @CsvSource({"warn, WARN", "' OFF ', OFF", "Enforce, ENFORCE", "' ', ENFORCE"})
    void aVariableOverridesHowADifferenceOfTheSchemaIsHandled(
        String value, Mode.Structure handling) {
      Map<String, String> variables = Map.of("SCHEMA_GUARD_STRUCTURE", value);

      assertThat(inForce(HistorySettings.DEFAULT, variables).policy().structure())
          .isEqualTo(handling);
    }

    @Test
    void aMisspeltVariableIsReported() {
      Map<String, String> variables = Map.of("SCHEMA_GUARD_STRUCTURE", "wam");

      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> inForce(HistorySettings.DEFAULT, variables))
          .satisfies(
              error -> {
                assertThat(error.location()).isEqualTo("SCHEMA_GUARD_STRUCTURE");
                assertThat(error.reason()).isEqualTo("'wam' is not a valid value");
                assertThat(error.remedy()).isEqualTo("Write enforce, warn or off.");
              });
    }

    @Test
    void aVariableOverridesWhetherTheDatabaseIsNew() {
      HistorySettings isNew = HistorySettings.DEFAULT.withAssumeNew(true);
      Map<String, String> no = Map.of("SCHEMA_GUARD_ASSUME_NEW", "no");
      Map<String, String> blank = Map.of("SCHEMA_GUARD_ASSUME_NEW", " ");

      assertThat(inForce(isNew, no).history().assumeNew()).isFalse();
      assertThat(inForce(isNew, blank).history().assumeNew()).isTrue();
    }
  }

  @Nested
  class Refuses {

    private static void refused(HistorySettings history, String message) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> inForce(history, Map.of()))
          .withMessageStartingWith(message);
    }

    @Test
    void tenantsBesideOneSchemaOrReader() {
      HistorySettings tenants = HistorySettings.DEFAULT.withTenants(Tenants.schemas("t%"));

      refused(
          tenants.withLocation(new HistoryLocation("app", null, null)),
          "tenants: the schema app and tenants are named both");
      refused(
          tenants.withReader(Tools.reader(Tool.FLYWAY, HistoryLocation.DEFAULT)),
          "tenants: a history reader of the application's own reads one history");
    }

    @Test
    void aTableThatIsDescribedForAnotherTool() {
      HistorySettings described = HistorySettings.DEFAULT.withCustomTable(TABLE);

      refused(
          described.withTool(Tool.FLYWAY), "tool: the table goose is described, and the tool is");
      assertThat(inForce(described.withTool(Tool.TABLE), Map.of()).history().customTable())
          .isEqualTo(TABLE);
    }
  }
}
