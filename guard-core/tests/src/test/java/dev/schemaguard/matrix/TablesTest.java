// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.error;
import static dev.schemaguard.matrix.Documents.matrix;
import static dev.schemaguard.matrix.Documents.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {

  private static final String GOOD =
      "| App version | Expected |\n|---|---|\n| 1.0 | a |\n| 0.9 | b |\n";

  private static List<String> labels(CompatibilityMatrix matrix) {
    return matrix.rows().stream().map(MatrixRow::label).toList();
  }

  @Nested
  class Shape {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "| App version | Expected |\n|---|---|\n| 1.0 | a |",
          "App version | Expected\n---|---\n1.0 | a",
          "| App version | Expected\n|---|---\n| 1.0 | a",
          "App version | Expected |\n---|---|\n1.0 | a |",
          "App version|Expected\n-|-\n1.0|a",
          "| App version | Expected |\n| :-- | --: |\n| 1.0 | a |",
          "|App version|Expected|\n|:-:|:---:|\n|1.0|a|",
          "   | App version | Expected |\n  |---|---|\n | 1.0 | a |",
          "text\n| App version | Expected |\n|---|---|\n| 1.0 | a |",
          "text\n    | App version | Expected |\n|---|---|\n| 1.0 | a |",
          "- a\nlazy\n\n    | App version | Expected |\n    |---|---|\n    | 1.0 | a |",
          "# Heading\n| App version | Expected |\n|---|---|\n| 1.0 | a |",
          "|\tApp version\t|\tExpected\t|\n|---|---|\n| 1.0 | a |",
          "- The matrix:\n\n  | App version | Expected |\n  |---|---|\n  | 1.0 | a |",
          "1. The matrix:\n\n    | App version | Expected |\n    |---|---|\n    | 1.0 | a |",
          "- a\n  - b\n\n      | App version | Expected |\n      |---|---|\n      | 1.0 | a |",
          "| App version | Expected |\n|---|---|\n| `1.0` | `a` |",
          "| `App version` | Expected |\n|---|---|\n| 1\\.0 | a |",
          "| App version | Expected |\n|---|---|\n| 1.0 <!-- old --> | a | <!-- | b | -->",
        })
    void aTableIsWhatTheHostRenders(String table) {
      CompatibilityMatrix matrix = matrix(table);

      assertThat(matrix.rows()).hasSize(1);
      assertThat(matrix.rows().get(0).label()).isEqualTo("1.0");
      assertThat(matrix.rows().get(0).expected()).isEqualTo("a");
    }

    @Test
    void lineEndsAndAByteOrderMarkDoNotMatter() {
      assertThat(labels(matrix("\uFEFF" + GOOD.replace("\n", "\r\n"))))
          .containsExactly("1.0", "0.9");
      assertThat(labels(matrix(GOOD.replace("\n", "\r")))).containsExactly("1.0", "0.9");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        value = {
          "a\\|b; a|b",
          "a\\_b; a_b",
          "a\\\\b; a\\b",
          "a\\b; a\\b",
          "`a\\|b`; a|b",
          "`a_b`; a_b",
          "a\\`b; a`b",
        })
    void aCellIsReadWithoutItsMarkup(String cell, String value) {
      assertThat(rows("1.0 | " + cell + " | | ").rows().get(0).expected()).isEqualTo(value);
    }

    @Test
    void blankCellsAreNoRevision() {
      MatrixRow row = rows("1.0 | a | | ").rows().get(0);

      assertThat(row.min()).isNull();
      assertThat(row.max()).isNull();
    }

    @Test
    void aRowKnowsItsLine() {
      assertThat(matrix("# Title", "", GOOD).rows().get(1).where()).isEqualTo("compatibility.md:6");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        value = {
          "| 1.0 |; 1",
          "| 1.0 | a | b |; 3",
          "1.0; 1",
          "| 1.0 | a|b |; 3",
          "text directly below; 1",
          "## Clients; 1",
          "<!-- note -->; 1",
          "```not a fence``` | a | b; 3",
        })
    void aRowWithAnotherNumberOfCellsIsRefused(String row, int cells) {
      ConfigurationException error = error(() -> matrix(GOOD + row));

      assertThat(error.location()).isEqualTo("compatibility.md:5");
      assertThat(error.reason()).isEqualTo("the row has " + cells + " cell(s), the header 2");
    }

    @Test
    void aDelimiterRowInsideATableIsNoVersion() {
      assertThat(error(() -> matrix(GOOD + "|---|---|\n| 0.8 | a |")).reason())
          .isEqualTo("'---' is not an application version");
    }

    @Test
    void aBlankLineOrAFenceEndsATable() {
      assertThat(labels(matrix(GOOD + "\ntext"))).containsExactly("1.0", "0.9");
      assertThat(labels(matrix(GOOD + " \t\u00A0\ntext"))).containsExactly("1.0", "0.9");
      assertThat(labels(matrix(GOOD + "```\n| 0.8 | a |\n```"))).containsExactly("1.0", "0.9");
    }
  }

  @Nested
  class Headers {

    @ParameterizedTest
    @CsvSource({
      "App version, Expected, Min, Max",
      "application version, expected head, minimum, maximum",
      "APP VERSION, Expected revision, Min compatible, Max compatible",
      "App   version, Expected head revision, Min revision, Max revision",
      "Application version, EXPECTED HEAD, Minimum compatible revision, Maximum compatible revision",
      "App\u00A0version, Expected\u00A0head revision, Minimum revision, Maximum compatible",
    })
    void areReadInEachOfTheirSpellings(String version, String expected, String min, String max) {
      MatrixRow row =
          matrix(
                  "| " + String.join(" | ", version, expected, min, max) + " |",
                  "|---|---|---|---|",
                  "| 1.0 | a | b | c |")
              .rows()
              .get(0);

      assertThat(row.expected()).isEqualTo("a");
      assertThat(row.min()).isEqualTo("b");
      assertThat(row.max()).isEqualTo("c");
    }

    @Test
    void otherColumnsAreCommentsWhereverTheyStand() {
      MatrixRow row =
          matrix(
                  "| Released | Min | App version | Notes | Expected |",
                  "|---|---|---|---|---|",
                  "| May | b | 1.0 | \u200B | a |")
              .rows()
              .get(0);

      assertThat(row.label()).isEqualTo("1.0");
      assertThat(row.expected()).isEqualTo("a");
      assertThat(row.min()).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Min. revision",
          "Minimum version",
          "min head revision",
          "Expected (head)",
          "Expected head revisions",
          "Max-revision",
          "Maximal",
          "**Min compatible revision**",
          "_Max_",
          "Min\u200B revision",
          "Expected head",
        })
    void whatWasMeantAsAColumnMustBeRenamed(String header) {
      ConfigurationException error =
          error(
              () ->
                  matrix(
                      "| App version | Expected | " + header + " |",
                      "|---|---|---|",
                      "| 1.0 | a | b |"));

      assertThat(error.location()).isEqualTo("compatibility.md:1");
      assertThat(error.reason())
          .containsAnyOf("would be ignored", "the columns 'expected' and 'expected head' mean");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "App version | Application version | Expected",
          "App version | Expected | Expected revision",
          "App version | Expected | Min | Minimum",
          "App version | Expected | Max | Max",
        })
    void twoColumnsThatMeanTheSameAreRefused(String headers) {
      ConfigurationException error =
          error(() -> matrix(headers, headers.replaceAll("[^|]+", "---"), ""));

      assertThat(error.reason()).contains("mean the same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Min", "Max compatible revision"})
    void aTableOfVersionsWithoutExpectedIsRefused(String header) {
      assertThat(error(() -> matrix("App version | " + header, "---|---", "1.0 | a")).reason())
          .isEqualTo("the table has no column Expected head revision");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "**App version** | **Expected head revision**",
          "App-version | Expected",
          "`App` version | Expected head",
          "App versions | Expected head revision",
          "App version. | Min. compatible revision",
          "App\u200B version | Expected",
        })
    void aHeaderInMarkupDoesNotMakeTheTableProse(String headers) {
      ConfigurationException error = error(() -> matrix(GOOD, headers, "---|---", "0.8 | a"));

      assertThat(error.location()).isEqualTo("compatibility.md:6");
      assertThat(error.reason()).startsWith("no column is called 'App version' exactly");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Version | Expected head revision | Min compatible revision",
          "Server version | Expected | Max revision",
          "Release | Min | Max revision",
        })
    void aSchemaTableWithoutAppVersionIsRefused(String headers) {
      ConfigurationException error =
          error(() -> matrix(GOOD, headers, "---|---|---", "0.8 | a | b"));

      assertThat(error.reason()).startsWith("the table has no column App version");
    }
  }

  @Nested
  class WhichTables {

    @Test
    void severalSchemaTablesMakeOneMatrix() {
      assertThat(labels(matrix(GOOD, "## Old", "", "App version | Expected", "---|---", "0.1 | a")))
          .containsExactly("1.0", "0.9", "0.1");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "| Server version | Python SDK | TypeScript SDK |\n|---|---|---|\n| 1.0.x | 1 | 2 |",
          "| App version | Python SDK |\n|---|---|\n| 1.0.x | 0.9.x - 1.1.x |",
          "| Environment | Owner |\n|---|---|\n| 1.0 | us |",
          "| Test | Expected | Actual |\n|---|---|---|\n| 1.0 | 2.0 | 3.0 |",
          "| Load | Expected | Min | Max |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 |",
          "| Min | Minimum |\n|---|---|\n| 1 | 2 |",
        })
    void tablesOfClientsAndProseAreNoRows(String table) {
      assertThat(labels(matrix(table, "", GOOD, table))).containsExactly("1.0", "0.9");
    }

    @Test
    void codeAndCommentsAreNoRows() {
      String hidden =
          "```\n" + GOOD + "```\n\n<!--\n" + GOOD + "-->\n\n    " + GOOD.replace("\n", "\n    ");

      assertThat(labels(matrix(hidden, "", GOOD))).containsExactly("1.0", "0.9");
    }

    @Test
    void aSchemaTableBelowAProseTableWithoutABlankLineIsRead() {
      assertThat(labels(matrix("| a | b |\n|---|---|\n| c | d |\n## Matrix\n" + GOOD)))
          .containsExactly("1.0", "0.9");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "# Title\n\ntext",
          "| a | b |\n|---|---|\n| c | d |",
          "| Server version | SDK |\n|---|---|\n| 1.0.x | 1 |",
          "| App version | SDK |\n|---|---|\n| 1.0.x | 1 |",
        })
    void aDocumentWithoutASchemaTableIsRefused(String text) {
      ConfigurationException error = error(() -> matrix(text));

      assertThat(error.location()).isEqualTo("compatibility.md");
      assertThat(error.reason()).isEqualTo("the document has no schema table");
    }

    @Test
    void aSchemaTableWithoutRowsIsRefused() {
      ConfigurationException error = error(() -> matrix("", "App version | Expected", "---|---"));

      assertThat(error.location()).isEqualTo("compatibility.md:2");
      assertThat(error.reason()).isEqualTo("the schema table has no row");
    }
  }

  /** Rows that an author believes to be in force although no table holds them. */
  @Nested
  class IgnoredRows {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "| 0.8 | a |",
          "| 0.8 | a | b |",
          "0.8 | a",
          "| * | a |",
          "| current | |",
          "| 0.1.x - 0.7.x | a |",
        })
    void aRowBehindABlankLineIsRefused(String row) {
      ConfigurationException error = error(() -> matrix(GOOD, row));

      assertThat(error.location()).isEqualTo("compatibility.md:6");
      assertThat(error.reason())
          .isEqualTo("'" + row + "' looks like a row but belongs to no table");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "| App version | Expected | Min |\n|---|---|\n| 0.8 | a | b |",
          "App version | Expected\n---|---|---\n0.8 | a",
          "| App version | Expected |\n| 0.8 | a |",
          "| App version | Expected |\n\n|---|---|\n| 0.8 | a |",
          "| App version | Expected |\n|- -|---|\n| 0.8 | a |",
          "> | App version | Expected |\n> |---|---|\n> | 0.8 | a |",
          "- | App version | Expected |\n  |---|---|\n  | 0.8 | a |",
          "| **App version** | Expected |\n| 0.8 | a |",
        })
    void aHeaderThatIsNoneIsRefused(String text) {
      ConfigurationException error = error(() -> matrix(GOOD, text));

      assertThat(error.location()).isEqualTo("compatibility.md:6");
      assertThat(error.reason()).endsWith("looks like the header of a table but would be ignored");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Use a | b, or c | d | e.",
          "| just | words |",
          "\\| 0.8 \\| a \\|",
          "The rows are | separated by pipes |.",
          "    | 0.8 | a |",
          "* * *\n\n    | 0.8 | a |",
          "# Heading\n    | 0.8 | a |",
          "- item\n\ntext\n\n    | 0.8 | a |",
          "-      | 0.8 | a |",
        })
    void proseWithPipesIsNoRow(String text) {
      assertThat(labels(matrix(GOOD, text))).containsExactly("1.0", "0.9");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0\u200B | a", "1.0 | a\u00AD", "1.0 | \uFEFF"})
  void anInvisibleCharacterIsRefused(String row) {
    assertThat(error(() -> matrix("App version | Expected", "---|---", row)).reason())
        .endsWith("holds an invisible character");
  }
}
