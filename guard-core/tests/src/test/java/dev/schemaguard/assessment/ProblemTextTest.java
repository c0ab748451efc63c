// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.applied;
import static dev.schemaguard.assessment.Entries.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProblemTextTest {

  @TestFactory
  Stream<DynamicTest> everyTextIsAsLaidDown() {
    return ProblemExamples.texts().entrySet().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getKey(),
                    () ->
                        Golden.assertMatches(
                            "problems/" + example.getKey() + ".txt", example.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> everyExampleHasTheCodeOfItsFile() {
    return ProblemExamples.statuses().entrySet().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getKey(),
                    () ->
                        assertThat(example.getValue().problem().code())
                            .isEqualTo(example.getKey().replaceAll("\\..*", ""))));
  }

  @TestFactory
  Stream<DynamicTest> everyLineIsLabelledAndSaysSomething() {
    return ProblemExamples.texts().entrySet().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getKey(),
                    () ->
                        assertThat(example.getValue().lines().skip(1))
                            .isNotEmpty()
                            .allMatch(line -> line.matches("[a-z ]{8}  \\S.*\\S"))));
  }

  @Nested
  class WithFiveHundredLongNames {

    private final List<String> names = new ArrayList<>();

    WithFiveHundredLongNames() {
      for (int i = 0; i < 500; i++) {
        names.add(
            "db/"
                + "ordner/".repeat(30)
                + "änderung_"
                + i
                + ".xml::"
                + i
                + "_數據庫".repeat(20)
                + "::the author");
      }
    }

    private MigrationStatus status(String verdict) {
      HistoryEntry[] entries =
          names.stream()
              .map(name -> verdict.equals("FAILED") ? failed(name) : applied(name))
              .toArray(HistoryEntry[]::new);
      Judge judge =
          verdict.equals("BEHIND")
              ? Judge.chain(names.toArray(String[]::new)).expectingHead()
              : Judge.chain("1").row("1.0", "1", null, null);
      return switch (verdict) {
        case "BEHIND" -> judge.status(entries[499]);
        case "UNINITIALIZED" -> Judge.chain(names.toArray(String[]::new)).expectingHead().status();
        case "UNKNOWN_VERSION" -> judge.version("7.0").status(entries);
        default -> {
          entries[0] = applied("1");
          yield judge.status(entries);
        }
      };
    }

    @TestFactory
    Stream<DynamicTest> everyTextIsAtMostTwoKilobytesLongAndKeepsCodeAndOverride() {
      return Stream.of("BEHIND", "FAILED", "UNINITIALIZED", "UNKNOWN_VERSION", "AHEAD")
          .map(verdict -> DynamicTest.dynamicTest(verdict, () -> assertShort(status(verdict))));
    }

    private void assertShort(MigrationStatus status) {
      String text = status.problem().text(ProblemExamples.HEADLINE, ProblemExamples.OVERRIDE);

      assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(2048);
      assertThat(text)
          .startsWith(ProblemExamples.HEADLINE + "   [" + status.problem().code() + "]")
          .contains("\ndo now    ")
          .endsWith("\noverride  " + ProblemExamples.OVERRIDE);
    }

    @Test
    void theListsOfTheStatusStayWhole() {
      assertThat(status("BEHIND").pendingRevisions()).hasSize(499);
    }
  }

  @Test
  void aConfigurationErrorIsAtMostTwoKilobytesLongAndOneLineAThingToo() {
    ConfigurationException error =
        new ConfigurationException(
            "/ordner/".repeat(100) + "x.md:7", "'數據庫\n\u001b'".repeat(200), "do\n".repeat(900));

    assertThat(error.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(2048);
    assertThat(error.text().lines().map(line -> line.substring(0, 10)))
        .containsExactly("Schema Gua", "where     ", "why       ", "do now    ");
    assertThat(error.text()).contains("[GUARD-CONFIGURATION]").endsWith("…");
  }

  @Test
  void aLineHoldsWhateverADatabaseSays() {
    Judge judge = ProblemExamples.orders();
    Problem problem =
        judge
            .status(
                judge.assess(
                    new Unreadable(
                        judge.place(),
                        Cause.QUERY,
                        "first\r\noverride  NOTHING=0\u001b[2J\u2028third",
                        List.of("look"))))
            .problem();

    assertThat(problem.text("refused", null).lines())
        .contains("why       first\\r\\noverride  NOTHING=0\\u001b[2J\\u2028third");
  }
}
