// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Document.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The exit codes that the documents list. */
class ExitCodesTest {

  static Stream<Table> tables() {
    return Document.guides().flatMap(document -> document.tables("verdict", "exit code").stream());
  }

  @Test
  void areInThreeTables() {
    assertThat(tables()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void areThoseOfTheVerdictsBesideThem(Table table) {
    List<String> verdicts = table.column("verdict");
    List<String> codes = table.column("exit code");
    for (Verdict verdict : Verdict.values()) {
      for (int i = 0; i < verdicts.size(); i++) {
        if (Arrays.asList(verdicts.get(i).split(", ", -1)).contains(verdict.name())) {
          assertThat(codes.get(i)).as(verdict.name()).isEqualTo("" + verdict.exitCode());
        }
      }
      assertThat(verdict.exitCode() == 0 || verdicts.toString().contains(verdict.name()))
          .as(verdict.name())
          .isTrue();
    }
  }

  @Test
  void areZeroExactlyWhereTheGuideSaysCompatible() {
    Table table = Document.of("docs/reference/verdicts.md").tables("verdict", "compatible").get(0);
    assertThat(table.column("verdict"))
        .containsExactly(Stream.of(Verdict.values()).map(Verdict::name).toArray(String[]::new));
    for (List<String> row : table.rows()) {
      assertThat(row.get(table.headers().indexOf("compatible")).equals("yes"))
          .as(row.get(0))
          .isEqualTo(Verdict.valueOf(row.get(0)).exitCode() == 0);
    }
  }

  @Test
  void includeThoseThatOnlyPreflightHas() {
    for (String code : List.of("6", "13")) {
      assertThat(tables()).filteredOn(table -> table.column("exit code").contains(code)).hasSize(2);
      assertThat(String.join(" ", Document.of("README.md").prose())).contains(" " + code + " ");
    }
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void areInTheReadmeInWords(Verdict verdict) {
    String readme = String.join(" ", Document.of("README.md").prose());
    String codes = readme.replaceFirst(".*Exit codes: ", "").replaceFirst("\\..*", "");
    String words =
        verdict.exitCode() == 0
            ? "yes"
            : verdict.name().toLowerCase(Locale.ROOT).replaceFirst("ahead_.*", "ahead");
    assertThat(Pattern.compile("(\\d+) ([a-z ]+)").matcher(codes).results())
        .filteredOn(code -> code.group(1).equals("" + verdict.exitCode()))
        .extracting(MatchResult::group)
        .singleElement()
        .asString()
        .contains(words.replace('_', ' '));
  }
}
