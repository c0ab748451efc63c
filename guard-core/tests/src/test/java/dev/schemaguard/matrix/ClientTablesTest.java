// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.schemaguard.text.VisibleText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTablesTest {

  private static final String MATRIX =
      "| App version | Expected |\n|---|---|\n| current | head |\n";
  private static final String HEADER = "| Server version | Python SDK | CLI |\n|---|---|---|\n";
  private static final ClientTables FULCRUM =
      clients(
          HEADER,
          "| 1.1.x | 1.0.x - 1.1.x | 1.1.0, 1.3.x |\n",
          "| 1.0.x | 0.9.x | none |\n",
          "| 0.9 | * | |\n");

  /** The client tables of a document; the first line of {@code parts} is line 5. */
  private static ClientTables clients(String... parts) {
    return document(true, parts).clients();
  }

  private static CompatibilityMatrix document(boolean bundled, String... parts) {
    return CompatibilityMatrix.parse(
        MATRIX + "\n" + String.join("", parts), "compatibility.md", bundled, null);
  }

  /** A table of one client that serves every server with this cell. */
  private static ClientTables cell(String cell) {
    return clients("| Server version | SDK |\n|---|---|\n| * | " + cell + " |\n");
  }

  private static ClientCompatibility.Outcome outcome(String cell, String clientVersion) {
    return cell(cell).fit("1.0", false, "SDK", clientVersion).outcome();
  }

  @Nested
  class WhichTables {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Server version",
          "SERVER  Version",
          "App version",
          "application version",
          "`Server version`"
        })
    void nameClientsByTheirFirstColumn(String first) {
      assertThat(clients("| " + first + " | SDK |\n|---|---|\n").components())
          .containsExactly("SDK");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "| Server | SDK |\n|---|---|\n",
          "| SDK | Server version |\n|---|---|\n",
          "| Server versions | SDK |\n|---|---|\n",
          "| Server version | SDK | Expected |\n|---|---|---|\n",
          "| Server version | Max | SDK |\n|---|---|---|\n",
          "| Server version | SDK | Minimum revision |\n|---|---|---|\n",
          "| Application version | SDK | Expected |\n|---|---|---|\n",
        })
    void doNot(String table) {
      assertThat(clients(table).components()).isEmpty();
    }

    @Test
    void nameTheirClientsAsWrittenAndInOrder() {
      assertThat(
              clients(
                      HEADER,
                      "\nAnd:\n\n",
                      "| App version | `go-SDK` | JVM\\_Agent |\n|---|---|---|\n")
                  .components())
          .containsExactly("Python SDK", "CLI", "go-SDK", "JVM_Agent");
    }

    @Test
    void areShownAsWrittenThoughTheyMeanNothing() {
      assertThat(
              clients("| App version | Released on |\n|---|---|\n| 1.0 | May |\n| x |\n").tables())
          .containsExactly(
              new ClientTables.Table(
                  List.of("App version", "Released on"),
                  List.of(List.of("1.0", "May"), List.of("x"))));
    }

    @Test
    void areNotNeeded() {
      CompatibilityMatrix none = CompatibilityMatrix.builder().row("1.0", "a", null, null).build();

      assertThat(none.clients().components()).isEmpty();
      assertThat(none.clients().errors()).isEmpty();
      assertThat(none.clients().fit("1.0", true, "SDK", "1.0").outcome())
          .isEqualTo(ClientCompatibility.Outcome.UNKNOWN_COMPONENT);
    }
  }

  @Nested
  class Answers {

    @ParameterizedTest
    @CsvSource(
        nullValues = "null",
        value = {
          "1.1.4, Python SDK, 1.0.7, FITS, 1.1.x, 1.0.x - 1.1.x, 7",
          "1.1.4, Python SDK, 0.9, TOO_OLD, 1.1.x, 1.0.x - 1.1.x, 7",
          "1.1.4, Python SDK, 1.2, TOO_NEW, 1.1.x, 1.0.x - 1.1.x, 7",
          "1.1.4, CLI, 1.2, LEFT_OUT, 1.1.x, '1.1.0, 1.3.x', 7",
          "1.0, CLI, 1.2, NONE_FITS, 1.0.x, none, 8",
          "2.0, CLI, 1.2, NO_ROW, null, null, 5",
          "0.9, CLI, 1.2, NOT_STATED, 0.9, null, 9",
          "1.1.4, CLI, latest, NOT_A_VERSION, 1.1.x, '1.1.0, 1.3.x', 7",
          "0.9, Python SDK, 7, FITS, 0.9, any, 9",
        })
    void carryWhatWasCompared(
        String server,
        String component,
        String version,
        ClientCompatibility.Outcome outcome,
        @Nullable String row,
        @Nullable String accepted,
        int line) {
      assertThat(FULCRUM.fit(server, false, component, version))
          .isEqualTo(
              new ClientCompatibility(
                  outcome, component, version, server, row, accepted, "compatibility.md:" + line));
    }

    @Test
    void nameTheDocumentWhereNoTableNamesTheClient() {
      assertThat(FULCRUM.fit("1.1", false, "Ruby SDK", "1.0"))
          .isEqualTo(
              new ClientCompatibility(
                  ClientCompatibility.Outcome.UNKNOWN_COMPONENT,
                  "Ruby SDK",
                  "1.0",
                  "1.1",
                  null,
                  null,
                  "compatibility.md"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        value = {
          "1.1.4; Python SDK; 1.0.7;"
              + "Python SDK 1.0.7 fits server 1.1.4, which accepts 1.0.x - 1.1.x",
          "1.1.4; Python SDK; 0.9;"
              + "Python SDK 0.9 is too old for server 1.1.4, which accepts 1.0.x - 1.1.x",
          "1.1.4; Python SDK; 1.2;"
              + "Python SDK 1.2 is too new for server 1.1.4, which accepts 1.0.x - 1.1.x",
          "1.1.4; CLI; 1.2; CLI 1.2 does not fit server 1.1.4, which accepts 1.1.0, 1.3.x",
          "1.0; CLI; 1.2; No version of CLI fits server 1.0",
          "2.0; CLI; 1.2;"
              + "compatibility.md:5 has no row for server 2.0, so it is unknown which clients fit",
          "0.9; CLI; 1.2;" + "compatibility.md:9 does not say which versions of CLI fit server 0.9",
          "1.1; CLI; latest;"
              + "Nobody can tell whether CLI 'latest' fits server 1.1, which accepts 1.1.0, 1.3.x",
          "1.1; Ruby SDK; 1.0; compatibility.md names no client 'Ruby SDK'",
          "; CLI; 1.0; compatibility.md:5 has no row for this server, so it is unknown which clients fit",
        })
    void areSaidInASentence(
        @Nullable String server, String component, String version, String sentence) {
      assertThat(FULCRUM.fit(server, false, component, version).sentence()).isEqualTo(sentence);
    }

    @Test
    void repeatOnlyWhatFitsALineOfALog() {
      assertThat(FULCRUM.fit("1.1", false, "CLI", "\u001B[31m\n" + "9".repeat(5_000)).sentence())
          .contains("'\uFFFD[31m\uFFFD999")
          .contains("9…'")
          .hasSizeLessThan(200);
      assertThat(FULCRUM.fit("1.1", false, "x".repeat(5_000), "1").sentence()).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @EnumSource
    void fitAreRefusedOrCannotBeTold(ClientCompatibility.Outcome outcome) {
      ClientCompatibility fit =
          new ClientCompatibility(outcome, "SDK", "1.0", null, null, null, "compatibility.md");

      assertThat(fit.fits()).isEqualTo(outcome == ClientCompatibility.Outcome.FITS);
      assertThat(outcome.isKnown()).isEqualTo(fit.fits() != outcome.isRefused());
    }

    @Test
    void thatCannotBeToldAreFour() {
      assertThat(ClientCompatibility.Outcome.values())
          .filteredOn(outcome -> !outcome.isKnown())
          .containsExactly(
              ClientCompatibility.Outcome.NO_ROW,
              ClientCompatibility.Outcome.NOT_STATED,
              ClientCompatibility.Outcome.UNKNOWN_COMPONENT,
              ClientCompatibility.Outcome.NOT_A_VERSION);
    }
  }

  @Nested
  class Rows {

    private static final String ALL =
        """
        | Server version | SDK |
        |---|---|
        | * | 1 |
        | 1.x | 2 |
        | 1.0.x - 1.4.x | 3 |
        | 1.0.x | 4 |
        | 1.0.1 | 5 |
        | 1.0.1-rc.1 | 6 |
        | current | 7 |
        """;

    private static @Nullable String row(
        CompatibilityMatrix matrix, @Nullable String version, boolean own) {
      return matrix.clients().fit(version, own, "SDK", "1").row();
    }

    @ParameterizedTest
    @CsvSource({
      "1.0.1, false, 1.0.1",
      "v1.0.1-rc.1, false, 1.0.1-rc.1",
      "1.0.1-SNAPSHOT, false, 1.0.1",
      "1.0.1-SNAPSHOT, true, current",
      "1.0.1, true, 1.0.1",
      "1.0.2, false, 1.0.x",
      "1.0.2, true, current",
      "1.1.0-SNAPSHOT, false, 1.0.x - 1.4.x",
      "1.5, false, 1.x",
      "2.0, false, *",
      "deadbeef, false, *",
      "deadbeef, true, current",
      ", false, current",
    })
    void areChosenAsThoseOfTheMatrix(@Nullable String version, boolean own, String label) {
      CompatibilityMatrix matrix = document(true, ALL);

      assertThat(row(matrix, version, own)).isEqualTo(label);
      // Again, from what is remembered.
      assertThat(row(matrix, version, own)).isEqualTo(label);
    }

    @Test
    void currentDoesNotServeAnApplicationThatWasHandedTheDocument() {
      assertThat(row(document(false, ALL), "1.0.2", true)).isEqualTo("1.0.x");
      assertThat(row(document(false, ALL), null, true)).isEqualTo("current");
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '"',
        value = {
          "1.0.x, 1.0.X, '1.0.X' has a row already",
          "1.0.x - 1.2.x, 1.1.x - 1.3.x, '1.1.x - 1.3.x' overlaps '1.0.x - 1.2.x'",
          "1.0, soon, 'soon' is not a version of the server",
          "1.0, \"\", '' is not a version of the server",
          "1.0, 1.1 | 2, \"the row has 3 cell(s), the header 2\"",
          "soon, 1.0, 'soon' is not a version of the server",
        })
    void thatCannotBeReadStopNoStartButEveryQuestionAndTheVerification(
        String first, String second, String what) {
      ClientTables clients =
          clients(
              "| Server version | SDK |\n|---|---|\n| ",
              first,
              " | 1 |\n| ",
              second,
              " | 1 |\n\n",
              "| Server version | CLI |\n|---|---|\n| 1.0 | 1 |\n");

      assertThat(clients.components()).containsExactly("SDK", "CLI");
      ConfigurationException error = error(() -> clients.fit("9", false, "SDK", "1"));
      assertThat(error.location()).isIn("compatibility.md:7", "compatibility.md:8");
      assertThat(error.reason()).startsWith(what);
      assertThat(clients.errors())
          .extracting(ConfigurationException::reason)
          .containsExactly(error.reason());
      assertThat(clients.fit("1.0", false, "CLI", "1").fits()).isTrue();
    }

    @Test
    void andCellsAreAllFoundByTheVerification() {
      ClientTables clients =
          clients(
              HEADER,
              "| 1.0 | May | June |\n",
              "| soon | July | 1 |\n\n",
              "| App version | SDK |\n|---|---|\n| 1.0 | May |\n| v1.0 | 1 |\n");

      assertThat(clients.errors())
          .extracting(ConfigurationException::reason)
          .containsExactly(
              "'May' is not a range of client versions",
              "'June' is not a range of client versions",
              "'soon' is not a version of the server",
              "'May' is not a range of client versions",
              "'v1.0' has a row already, at compatibility.md:12");
    }

    @Test
    void proseIsToldHowToStayProse() {
      ClientTables prose = clients("| App version | Released on |\n|---|---|\n| spring | May |\n");

      assertThat(prose.errors())
          .singleElement()
          .satisfies(
              e ->
                  assertThat(e)
                      .hasMessage(
                          "compatibility.md:7: 'spring' is not a version of the server. Write a"
                              + " version (0.6.1), a wildcard (1.0.x), a span (1.0.x - 1.1.x), *"
                              + " or current. If this table is prose, name its first column"
                              + " otherwise."));
    }
  }

  @Nested
  class Cells {

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        value = {
          "1.0.3; 1.0.3; FITS",
          "v1.0.3; 1.0.3.0; FITS",
          "1.0.3; v1.0.3; FITS",
          "1.0.3; 1.0.4; TOO_NEW",
          "1.0.3; 1.0.2; TOO_OLD",
          "1.0.x; 1.0.99; FITS",
          "1.0.x; 1.1; TOO_NEW",
          "1.0.x; 0.9.9; TOO_OLD",
          "1.0.x - 1.1.x; 1.1.9; FITS",
          "1.0.x - 1.1.x; 1.2; TOO_NEW",
          "1.0, 1.2.x; 1.0; FITS",
          "1.0, 1.2.x; 1.2.5; FITS",
          "1.2.x,1.0; 1.1; LEFT_OUT",
          "1.0, 1.2.x; 1.3; TOO_NEW",
          "1.0, 1.2.x; 0.9; TOO_OLD",
          "*; 1.0; FITS",
          "any; 99; FITS",
          "any; deadbeef; FITS",
          "-; 1.0; NONE_FITS",
          "–; 1.0; NONE_FITS",
          "—; 1.0; NONE_FITS",
          "none; 1.0; NONE_FITS",
          "none; deadbeef; NONE_FITS",
          "1.0.x; deadbeef; NOT_A_VERSION",
          "1.0.x; ''; NOT_A_VERSION",
          "1.0.x; 1.0.x; NOT_A_VERSION",
          "''; 1.0; NOT_STATED",
          "''; deadbeef; NOT_STATED",
        })
    void nameTheVersionsThatFit(String cell, String version, ClientCompatibility.Outcome outcome) {
      assertThat(outcome(cell, version)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
      "1.0.3, 1.0.3-rc.1, FITS",
      "1.0.3, 1.0.3+7, FITS",
      "1.0.3, 1.0.3-4-gabc, FITS",
      "1.1.x, 1.1.0-rc.1, FITS",
      "1.0.x, 1.1.0-rc.1, TOO_NEW",
      "1.0.3-rc.1, 1.0.3-rc.1, FITS",
      "1.0.3-rc.1, 1.0.3-rc.2, TOO_NEW",
      "1.0.3-rc.2, 1.0.3-rc.1, TOO_OLD",
      "1.0.3-rc.1, 1.0.3, TOO_NEW",
      "1.0.3+7, 1.0.3+8, LEFT_OUT",
    })
    void takeAQualifiedClientForItsReleaseUnlessTheyNameIt(
        String cell, String version, ClientCompatibility.Outcome outcome) {
      assertThat(outcome(cell, version)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "May",
          "current",
          "None",
          "ANY",
          "1.0.x,",
          ",",
          "1.0, *",
          "none, 1.0",
          "1.0.x-1.1.x",
          "1.0.x – 1.1.x",
          ">= 1.0",
          "1.1.x - 1.0.x",
          "1.0 or 1.1",
          "**1.0**",
          "\u200B",
        })
    void thatSpellNoRangeAreErrorsWhereTheyAreUsed(String cell) {
      ClientTables clients =
          clients(HEADER, "| 1.1.x | ", cell, " | 1.0 |\n| 1.0.x | 1.0 | 1.0 |\n");

      ConfigurationException error = error(() -> clients.fit("1.1", false, "Python SDK", "1.0"));
      assertThat(error.location()).isEqualTo("compatibility.md:7");
      assertThat(error.reason())
          .isEqualTo("'" + VisibleText.of(cell) + "' is not a range of client versions");
      assertThat(error.remedy())
          .isEqualTo(
              "Write a version (1.0.3), a wildcard (1.0.x), a span (1.0.x - 1.1.x), several of"
                  + " these separated by commas, any or none. If this table is prose, name its first"
                  + " column otherwise.");
      assertThat(clients.errors())
          .extracting(ConfigurationException::reason)
          .containsExactly(error.reason());
      assertThat(clients.fit("1.0", false, "Python SDK", "1.0").fits()).isTrue();
      assertThat(clients.fit("1.1", false, "CLI", "1.0").fits()).isTrue();
    }
  }

  @Nested
  class Components {

    @ParameterizedTest
    @ValueSource(
        strings = {"Python SDK", "python-sdk", "PYTHON_SDK", " python  sdk ", "Python - SDK"})
    void areFoundWhateverPartsTheirWords(String name) {
      assertThat(FULCRUM.fit("1.1", false, name, "1.0").component()).isEqualTo("Python SDK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PythonSDK", "Python", "Server version", "", "-", "Python.SDK"})
    void areNotGuessed(String name) {
      assertThat(FULCRUM.fit("1.1", false, name, "1.0").outcome())
          .isEqualTo(ClientCompatibility.Outcome.UNKNOWN_COMPONENT);
    }

    @Test
    void severalTablesComplementEachOther() {
      ClientTables clients =
          clients(
              HEADER, "| 1.0 | 1 | 1 |\n\n", "| Server version | Go |\n|---|---|\n| 2.0 | 2 |\n");

      assertThat(clients.fit("2.0", false, "go", "2").fits()).isTrue();
      assertThat(clients.fit("1.0", false, "go", "2").where()).isEqualTo("compatibility.md:9");
    }

    @Test
    void namedInTwoTablesAreAnErrorThatNamesBoth() {
      ClientTables clients =
          clients(HEADER, "\n| App version | python-sdk | Go |\n|---|---|---|\n| 1.0 | 1 | 1 |\n");

      ConfigurationException error = error(() -> clients.fit("1.0", false, "Python SDK", "1"));
      assertThat(error.location()).isEqualTo("compatibility.md:8");
      assertThat(error.reason())
          .isEqualTo("'python-sdk' names the same client as 'Python SDK' at compatibility.md:5");
      assertThat(clients.errors())
          .extracting(ConfigurationException::reason)
          .containsExactly(error.reason());
      assertThat(clients.fit("1.0", false, "Go", "1").fits()).isTrue();
    }

    @Test
    void namedTwiceInOneTableAreAnErrorToo() {
      ClientTables clients = clients("| App version | a b | A-B | a_b |\n|---|---|---|---|\n");

      assertThat(clients.errors())
          .extracting(ConfigurationException::location, ConfigurationException::reason)
          .containsExactly(
              tuple(
                  "compatibility.md:5",
                  "'A-B' names the same client as 'a b' at compatibility.md:5"),
              tuple(
                  "compatibility.md:5",
                  "'a_b' names the same client as 'a b' at compatibility.md:5"));
    }

    @Test
    void withoutANameAreFoundByTheVerificationOnly() {
      ClientTables clients = clients("| App version | | SDK |\n|---|---|---|\n| 1.0 | | 1 |\n");

      assertThat(clients.components()).containsExactly("SDK");
      assertThat(clients.fit("1.0", false, "SDK", "1").fits()).isTrue();
      assertThat(clients.fit("1.0", false, " ", "1").outcome())
          .isEqualTo(ClientCompatibility.Outcome.UNKNOWN_COMPONENT);
      assertThat(clients.errors())
          .extracting(ConfigurationException::reason)
          .containsExactly("a column of clients has no name");
    }
  }
}
