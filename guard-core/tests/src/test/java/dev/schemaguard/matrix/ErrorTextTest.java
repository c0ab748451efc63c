// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.chain;
import static dev.schemaguard.matrix.Documents.error;
import static dev.schemaguard.matrix.Documents.matrix;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What people read: the place, the offending text, what was expected, what to do. */
class ErrorTextTest {

  @Nested
  class OfTheMatrix {

    @Test
    void settingThatWouldBeIgnored() {
      assertThat(error(() -> matrix("# Statewave", "", "**Application:** statewave")))
          .hasMessage(
              "compatibility.md: the document has no schema table. Write a table with the columns"
                  + " App version, Expected head revision and Min compatible revision, a blank line"
                  + " before it.");
      assertThat(
              error(
                  () ->
                      matrix(
                          "**Application:** statewave",
                          "",
                          "| App version | Expected |",
                          "|---|---|",
                          "| current | |")))
          .hasMessage(
              "compatibility.md:1: '**Application:** statewave' looks like a setting but would be"
                  + " ignored. Settings are Application:, Unknown ahead:, Paths:, written so, at"
                  + " the start of a line, above the first schema table. If this is prose, do not"
                  + " begin the line with 'Application:'.");
    }

    @Test
    void columnThatWouldBeIgnored() {
      assertThat(
              error(
                  () ->
                      matrix(
                          "| App version | Expected | Min. revision |",
                          "|---|---|---|",
                          "| 1.0 | a | b |")))
          .hasMessage(
              "compatibility.md:1: the column 'min. revision' would be ignored. Rename it to"
                  + " Expected head revision, Min compatible revision or Max compatible revision;"
                  + " a comment column must not begin with expected, min or max.");
    }

    @Test
    void rowThatWouldBeIgnored() {
      assertThat(
              error(
                  () ->
                      matrix(
                          "| App version | Expected |",
                          "|---|---|",
                          "| 1.0 | a |",
                          "",
                          "| 0.9 | b |")))
          .hasMessage(
              "compatibility.md:5: '| 0.9 | b |' looks like a row but belongs to no table. A blank"
                  + " line ends a table: remove it, or write the header and a delimiter row"
                  + " above.");
    }

    @Test
    void wrongNumberOfCells() {
      assertThat(error(() -> matrix("| App version | Expected |", "|---|---|", "| 1.0 | a | b |")))
          .hasMessage(
              "compatibility.md:3: the row has 3 cell(s), the header 2. Give every row the header's"
                  + " cells; end the table with a blank line; write \\| for a pipe inside a cell.");
    }

    @Test
    void unparsableVersion() {
      assertThat(
              error(() -> matrix("| App version | Expected |", "|---|---|", "| 0.1.0-0.9.0 | a |")))
          .hasMessage(
              "compatibility.md:3: '0.1.0-0.9.0' is not an application version. Write a version"
                  + " (0.6.1), a wildcard (1.0.x), a span (1.0.x - 1.1.x), * or current.");
    }

    @Test
    void duplicateRow() {
      assertThat(
              error(
                  () ->
                      matrix(
                          "| App version | Expected |",
                          "|---|---|",
                          "| 1.0 | a |",
                          "| v1.0.0 | b |")))
          .hasMessage(
              "compatibility.md:4: 'v1.0.0' has a row already, at compatibility.md:3. Keep one row"
                  + " for each version.");
    }

    @Test
    void misplacedHead() {
      assertThat(error(() -> matrix("| App version | Expected |", "|---|---|", "| 1.0 | head |")))
          .hasMessage(
              "compatibility.md:3: 'head' stands in a place where it has no fixed meaning. Use head"
                  + " only as the expected revision of the row current; elsewhere name the"
                  + " revision.");
    }
  }

  @Nested
  class OfAReference {

    private static ConfigurationException resolved(String row, String... chain) {
      CompatibilityMatrix matrix = Documents.rows(chain(chain), row);
      return error(() -> matrix.resolve(matrix.rows().get(0)));
    }

    @Test
    void unresolvable() {
      assertThat(resolved("1.0 | 0003_x | | ", "0001_a", "0002_b", "0003_c", "9_unlike"))
          .hasMessage(
              "compatibility.md:3: '0003_x' is not in revisions.txt. The nearest are"
                  + " 0003_c, 0001_a, 0002_b; write one of these, or regenerate the chain if the"
                  + " migration is new.");
    }

    @Test
    void minimumAfterExpected() {
      assertThat(resolved("1.0 | 1 | 2 | ", "1", "2"))
          .hasMessage(
              "compatibility.md:3: the minimum 2 comes after the expected revision 1. A version"
                  + " cannot need more than it was built for: name an earlier minimum.");
    }

    @Test
    void maximumBeforeExpected() {
      assertThat(resolved("1.0 | 2 | 1 | 1", "1", "2"))
          .hasMessage(
              "compatibility.md:3: the maximum 1 comes before the expected revision 2. Name a later"
                  + " maximum, or leave the cell blank.");
    }

    @Test
    void optionalMinimum() {
      assertThat(resolved("1.0 | 2 | 1 | ", "1\toptional", "2"))
          .hasMessage(
              "compatibility.md:3: the minimum 1 is optional, so no database need have it. Name the"
                  + " last revision before it that is not optional.");
    }
  }

  @Nested
  class OfTheChain {

    @Test
    void unknownAttribute() {
      assertThat(error(() -> chain("a", "b\toptinal")))
          .hasMessage(
              "revisions.txt:2: 'optinal' is not an attribute of a revision. The attributes are"
                  + " alias=, parents=, dbms=, optional, was=, replaced-by= and retired, separated"
                  + " by tabs.");
    }

    @Test
    void duplicateName() {
      assertThat(error(() -> chain("# generated", "db/a.yaml::1::me", "", "/db/a.yaml::1::me")))
          .hasMessage(
              "revisions.txt:4: '/db/a.yaml::1::me' stands in the chain already, at"
                  + " revisions.txt:2. Remove one of the two; verify() does so when it regenerates"
                  + " the file.");
    }
  }

  @Nested
  class Shape {

    @Test
    void isThatOfEveryProblem() {
      assertThat(error(() -> matrix("Unknown ahead: maybe", "", "App version|Min", "-|-")).text())
          .isEqualTo(
              """
              Schema Guard cannot use its configuration   [GUARD-CONFIGURATION]
              where     compatibility.md:3
              why       the table has no column Expected head revision
              do now    Add it: the revision that each version was built for.\
              """);
    }

    @Test
    void aSettingOfTheGuardItselfHasNoPlace() {
      ConfigurationException error = new ConfigurationException(null, "what", "Do.");

      assertThat(error).hasMessage("what. Do.");
      assertThat(error.text())
          .isEqualTo(
              "Schema Guard cannot use its configuration   [GUARD-CONFIGURATION]\n"
                  + "why       what\ndo now    Do.");
    }

    @Test
    void aLongQuotationIsCutInItsMiddle() {
      ConfigurationException error =
          error(() -> Documents.rows("a" + "b".repeat(1_000_000) + " | c | | "));

      assertThat(error.reason())
          .startsWith("'abbb")
          .contains("bbb … bbb")
          .endsWith("bbb' is not an application version");
      assertThat(error.text().length()).isLessThan(2048);
    }

    @Test
    void controlCharactersDoNotReachATerminal() {
      assertThat(new ConfigurationException(null, "a\u001B[31mb\r\u0085c", "d\u0000").getMessage())
          .isEqualTo("a\\u001b[31mb\\r\\u0085c. d\\u0000");
    }
  }
}
