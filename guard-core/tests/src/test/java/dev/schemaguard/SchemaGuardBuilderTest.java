// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.tool.Tools;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaGuardBuilderTest {

  private static final DataSource NEVER_ASKED =
      SimpleDataSource.of(
          () -> {
            throw new SQLException("a guard that is only built must not ask the database");
          });

  private static SchemaGuardBuilder builder() {
    return SchemaGuard.builder(NEVER_ASKED).matrix(Statewave.matrix()).environment(name -> null);
  }

  @Nested
  class Refuses {

    @Test
    void toGuardWithoutMatrixAndChain() {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> SchemaGuard.builder(NEVER_ASKED).environment(name -> null).build())
          .withMessageContaining(
              "neither schema-guard/compatibility.md nor schema-guard/revisions.txt")
          .withMessageContaining("init");
    }

    @Test
    void aRowThatCannotBeResolved() {
      CompatibilityMatrix matrix =
          CompatibilityMatrix.builder()
              .row("1.0", "gone", null, null)
              .chain(Statewave.matrix().chain().orElseThrow())
              .build();

      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> builder().matrix(matrix).applicationVersion("1.0").build())
          .withMessageContaining("'gone' is not in ");
      assertThat(builder().matrix(matrix).applicationVersion("2.0").build()).isNotNull();
    }

    @Test
    void headWithoutAChain() {
      CompatibilityMatrix matrix =
          CompatibilityMatrix.builder().row("current", null, null, null).build();

      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> builder().matrix(matrix).build())
          .withMessageContaining("'head' means the end of the chain, and there is none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-0.001S"})
    void durationsThatAreNotAboveZero(String text) {
      Duration duration = Duration.parse(text);

      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> builder().timeout(duration))
          .withMessageStartingWith("timeout: ")
          .withMessageContaining("'" + text + "'")
          .withMessageContaining("PT10S");
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> builder().refreshInterval(duration))
          .withMessageStartingWith("refresh-interval: ");
      if (duration.isNegative()) {
        assertThatExceptionOfType(ConfigurationException.class)
            .isThrownBy(() -> builder().waitTimeout(duration))
            .withMessageStartingWith("wait-timeout: ");
      }
    }

    @Test
    void aStrictVariableThatSaysNeitherYesNorNo() {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(
              () ->
                  builder().environment(Map.of("STATEWAVE_STRICT_SCHEMA", "perhaps")::get).build())
          .withMessageContaining("STATEWAVE_STRICT_SCHEMA")
          .withMessageContaining("'perhaps'");
    }
  }

  @Nested
  class Mode {

    @ParameterizedTest(name = "configured {0}, {1}={2}: {3}")
    @CsvSource(
        nullValues = "-",
        value = {
          "WARN, -, -, WARN",
          "STRICT, -, -, STRICT",
          "WARN, STATEWAVE_STRICT_SCHEMA, on, STRICT",
          "STRICT, SCHEMA_GUARD_STRICT, off, WARN",
          "STRICT, ORDERS_STRICT_SCHEMA, off, STRICT",
        })
    void isTheConfiguredOneUnlessAVariableSaysOtherwise(
        dev.schemaguard.policy.Mode configured,
        String variable,
        String value,
        dev.schemaguard.policy.Mode expected) {
      Map<String, String> environment = variable == null ? Map.of() : Map.of(variable, value);

      assertThat(builder().mode(configured).environment(environment::get).build().mode())
          .isEqualTo(expected);
    }

    @Test
    void isWarnByDefault() {
      assertThat(builder().build().mode()).isEqualTo(dev.schemaguard.policy.Mode.WARN);
    }

    @Test
    void isOverriddenByTheVariableOfTheNameThatWasSet() {
      SchemaGuard guard =
          builder()
              .applicationName("orders")
              .environment(Map.of("ORDERS_STRICT_SCHEMA", "1")::get)
              .build();

      assertThat(guard.mode()).isEqualTo(dev.schemaguard.policy.Mode.STRICT);
      assertThat(guard.application()).contains("orders");
    }
  }

  @Test
  void theNameIsThatOfTheMatrixUnlessOneWasSet() {
    assertThat(builder().build().application()).contains("statewave");
    assertThat(
            builder()
                .matrix(CompatibilityMatrix.ofChain(Statewave.matrix().chain().orElseThrow()))
                .build()
                .application())
        .isEmpty();
  }

  @Test
  void noWaitIsADurationToo() {
    assertThat(builder().waitTimeout(Duration.ZERO).build()).isNotNull();
  }

  @Test
  void aReaderOfTheApplicationsOwnBeatsTheTool() {
    SchemaGuard guard =
        SchemaGuard.builder(H2.database().dataSource())
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.of(List.of(Revision.of("1")))))
            .environment(name -> null)
            .historyReader(Tools.reader(Tool.FLYWAY, HistoryLocation.DEFAULT))
            .tool(Tool.LIQUIBASE)
            .build();

    assertThat(guard.check().tool()).isEqualTo("flyway");
  }
}
