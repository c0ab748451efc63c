// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.Mode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveModeTest {

  private static final String OWN = "STATEWAVE_STRICT_SCHEMA";
  private static final String GENERAL = "SCHEMA_GUARD_STRICT";

  private static EffectiveMode mode(Mode configured, String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return EffectiveMode.of(configured, "statewave", EnvironmentVariables.of(variables::get));
  }

  @Nested
  class Spellings {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "1", "true", "t", "yes", "y", "on", "TRUE", "True", "T", "YES", "Yes", "Y", "ON", "On",
          " 1 ", "\ton\n"
        })
    void ofStrict(String value) {
      assertThat(mode(Mode.WARN, OWN, value).mode()).isEqualTo(Mode.STRICT);
      assertThat(mode(Mode.WARN, GENERAL, value).mode()).isEqualTo(Mode.STRICT);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "0", "false", "f", "no", "n", "off", "FALSE", "False", "F", "NO", "No", "N", "OFF", "Off",
          " 0 "
        })
    void ofWarn(String value) {
      assertThat(mode(Mode.STRICT, OWN, value).mode()).isEqualTo(Mode.WARN);
      assertThat(mode(Mode.STRICT, GENERAL, value).mode()).isEqualTo(Mode.WARN);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "strict",
          "warn",
          "2",
          "-1",
          "01",
          "1.0",
          "truee",
          "yess",
          "enable",
          "enabled",
          "none",
          "null",
          "ja",
          "oui",
          "1,0",
          "'1'",
          "\"true\"",
          "o n",
          "tru\u0435"
        })
    void ofNothingThatCouldBeUsed(String value) {
      for (String variable : new String[] {OWN, GENERAL}) {
        assertThatExceptionOfType(ConfigurationException.class)
            .isThrownBy(() -> mode(Mode.WARN, variable, value))
            .withMessageContaining("environment variable " + variable)
            .withMessageContaining("'" + value + "' is neither yes nor no")
            .withMessageContaining("unset it");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void ofNothingAtAllLeaveTheConfiguredMode(String value) {
      assertThat(mode(Mode.WARN, OWN, value, GENERAL, value).mode()).isEqualTo(Mode.WARN);
      assertThat(mode(Mode.STRICT, OWN, value, GENERAL, value).mode()).isEqualTo(Mode.STRICT);
    }

    @Test
    void doNotDependOnTheLanguageOfTheMachine() {
      Locale before = Locale.getDefault();
      try {
        Locale.setDefault(Locale.forLanguageTag("tr"));

        EffectiveMode mode =
            EffectiveMode.of(
                Mode.WARN,
                "billing",
                EnvironmentVariables.of(Map.of("BILLING_STRICT_SCHEMA", "TRUE")::get));

        assertThat(mode.mode()).isEqualTo(Mode.STRICT);
      } finally {
        Locale.setDefault(before);
      }
    }
  }

  @Nested
  class Precedence {

    @ParameterizedTest(name = "configured {0}, own {1}, general {2}: {3} by {4}")
    @CsvSource(
        nullValues = "-",
        value = {
          "WARN,   -, -, WARN,   -",
          "STRICT, -, -, STRICT, -",
          "WARN,   1, -, STRICT, STATEWAVE_STRICT_SCHEMA=1",
          "STRICT, 0, -, WARN,   STATEWAVE_STRICT_SCHEMA=0",
          "WARN,   -, 1, STRICT, SCHEMA_GUARD_STRICT=1",
          "STRICT, -, 0, WARN,   SCHEMA_GUARD_STRICT=0",
          "WARN,   1, 0, STRICT, STATEWAVE_STRICT_SCHEMA=1",
          "STRICT, 0, 1, WARN,   STATEWAVE_STRICT_SCHEMA=0",
          "WARN,   '', 1, STRICT, SCHEMA_GUARD_STRICT=1",
          "STRICT, ' ', 0, WARN,  SCHEMA_GUARD_STRICT=0",
          "STRICT, 1, -, STRICT, STATEWAVE_STRICT_SCHEMA=1",
        })
    void theApplicationsOwnBeatsTheGeneralBeatsWhatIsConfigured(
        Mode configured, String own, String general, Mode expected, String source) {
      Map<String, String> variables = new HashMap<>();
      variables.put(OWN, own);
      variables.put(GENERAL, general);

      EffectiveMode mode =
          EffectiveMode.of(configured, "statewave", EnvironmentVariables.of(variables::get));

      assertThat(mode.mode()).isEqualTo(expected);
      assertThat(mode.source()).isEqualTo(source);
    }

    @Test
    void aBadValueIsAnErrorEvenWhereTheGeneralOneIsGood() {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> mode(Mode.WARN, OWN, "maybe", GENERAL, "1"));
    }

    @Test
    void theVariableToOverrideWithIsTheOneThatDecided() {
      assertThat(mode(Mode.STRICT).variable()).isEqualTo(OWN);
      assertThat(mode(Mode.WARN, OWN, "1").variable()).isEqualTo(OWN);
      assertThat(mode(Mode.WARN, GENERAL, "1").variable()).isEqualTo(GENERAL);
    }
  }

  @Nested
  class Names {

    @ParameterizedTest(name = "{0} is overridden by {1}")
    @CsvSource({
      "statewave, STATEWAVE_STRICT_SCHEMA",
      "Statewave, STATEWAVE_STRICT_SCHEMA",
      "my-orders, MY_ORDERS_STRICT_SCHEMA",
      "my.orders v2, MY_ORDERS_V2_STRICT_SCHEMA",
      "my--orders, MY__ORDERS_STRICT_SCHEMA",
      "my_orders, MY_ORDERS_STRICT_SCHEMA",
      "3d-viewer, 3D_VIEWER_STRICT_SCHEMA",
      "@acme/api, _ACME_API_STRICT_SCHEMA",
      "straße, STRASSE_STRICT_SCHEMA",
      "café, CAF__STRICT_SCHEMA",
      "a😀b, A_B_STRICT_SCHEMA",
      "a=b, A_B_STRICT_SCHEMA",
    })
    void areUpperCasedWithEverythingElseAsUnderscore(String application, String variable) {
      EffectiveMode mode =
          EffectiveMode.of(
              Mode.WARN, application, EnvironmentVariables.of(Map.of(variable, "1")::get));

      assertThat(mode.mode()).isEqualTo(Mode.STRICT);
      assertThat(mode.variable()).isEqualTo(variable);
    }

    @Test
    void anApplicationWithoutOneIsOverriddenByTheGeneralVariableAlone() {
      EffectiveMode mode =
          EffectiveMode.of(Mode.WARN, null, EnvironmentVariables.of(Map.of(GENERAL, "1")::get));

      assertThat(mode.mode()).isEqualTo(Mode.STRICT);
      assertThat(mode.variable()).isEqualTo(GENERAL);
    }
  }
}
