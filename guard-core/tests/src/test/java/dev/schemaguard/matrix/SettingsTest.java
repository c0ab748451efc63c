// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.error;
import static dev.schemaguard.matrix.Documents.matrix;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final String TABLE = "\n\n| App version | Expected |\n|---|---|\n| current | |";

  private static CompatibilityMatrix with(String settings) {
    return matrix(settings + TABLE);
  }

  @Nested
  class Read {

    @Test
    void allThreeStandAtTheStartOfALineAboveTheTable() {
      CompatibilityMatrix matrix =
          with("# Title\n\nApplication: statewave\nUnknown ahead: allowed\nPaths: a/**, b/*");

      assertThat(matrix.application()).contains("statewave");
      assertThat(matrix.unknownAhead()).isEqualTo(UnknownAhead.ALLOWED);
      assertThat(matrix.statesUnknownAhead()).isTrue();
      assertThat(matrix.paths()).containsExactly("a/**", "b/*");
    }

    @Test
    void withoutThemUnknownAheadIsRefusedAndTheRestIsEmpty() {
      CompatibilityMatrix matrix = with("# Title");

      assertThat(matrix.application()).isEmpty();
      assertThat(matrix.unknownAhead()).isEqualTo(UnknownAhead.REFUSED);
      assertThat(matrix.statesUnknownAhead()).isFalse();
      assertThat(matrix.paths()).isEmpty();
    }

    @Test
    void evenDirectlyAboveTheTable() {
      CompatibilityMatrix matrix =
          matrix("Application: x", "| App version | Expected |", "|---|---|", "| current | |");

      assertThat(matrix.application()).contains("x");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '"',
        value = {
          "Application: statewave; statewave",
          "Application:statewave; statewave",
          "Application: `statewave`; statewave",
          "Application: state\\_wave; state_wave",
          "Application: statewave <!-- the API -->; statewave",
          "\"Application: statewave  \"; statewave",
          "Application: statewave\\; statewave",
          "Application:\u00A0statewave; statewave",
          "Application: Orders API; Orders API",
          "Application: bestellübersicht; bestellübersicht",
        })
    void theNameIsWhatTheHostRenders(String line, String name) {
      assertThat(with(line).application()).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
      "refused, REFUSED",
      "Refused, REFUSED",
      "intact, INTACT",
      "allowed, ALLOWED",
      "`ALLOWED`, ALLOWED"
    })
    void unknownAheadIsReadInAnyLetterCase(String value, UnknownAhead answer) {
      assertThat(with("Unknown ahead: " + value).unknownAhead()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        value = {
          "a/**,b/*; a/** b/*",
          "`a/**`, `b/*`; a/** b/*",
          "`a/**, b/*`; a/** b/*",
          "a/\\*\\*, b/\\*; a/** b/*",
          "classpath:db/**; db/**",
          "/db/**, ./b/*; db/** b/*",
          "a/**\\; a/**",
        })
    void pathsAreNormalisedAsTheEntriesAre(String value, String paths) {
      assertThat(with("Paths: " + value).paths()).containsExactly(paths.split(" ", -1));
    }
  }

  @Nested
  class RefusedBecauseTheyWouldBeIgnored {

    @ParameterizedTest
    @ValueSource(
        strings = {
          " Application: x",
          "    Application: x",
          "\tApplication: x",
          "**Application:** x",
          "**Application**: x",
          "*Application*: x",
          "__Application__: x",
          "`Application`: x",
          "`Application: x`",
          "~~Application: x~~",
          "- Application: x",
          "* Application: x",
          "+ Application: x",
          "- [x] Application: x",
          "- - Application: x",
          "1. Application: x",
          "1) Application: x",
          "> Application: x",
          "> - **Application:** x",
          "# Application: x",
          "### Application: x",
          "\"Application: x\"",
          "(Application: x)",
          "application: x",
          "APPLICATION: x",
          "Application : x",
          "Application\u00A0: x",
          "Application\uFF1A x",
          "\u00A0Application: x",
          "\uFEFFApplication: x",
          "\u200BApplication: x",
          "Appli\u00ADcation: x",
          "Application\u200B: x",
          "Unknown Ahead: allowed",
          "unknown ahead: allowed",
          "Unknown  ahead: allowed",
          "Unknown-ahead: allowed",
          "UnknownAhead: allowed",
          "**Unknown ahead:** allowed",
          "- Unknown ahead: allowed",
          "paths: a/**",
          "> Paths: a/**",
          "<!-- note --> Application: x",
          "<!-- note -->Application: x",
          "<!--\n-->Application: x",
          "- <!-- note -->Application: x",
        })
    void inAnyOtherForm(String line) {
      ConfigurationException error = error(() -> with("# Title\n\n" + line));

      assertThat(error.reason()).endsWith("looks like a setting but would be ignored");
      assertThat(error.remedy()).contains("Settings are Application:, Unknown ahead:, Paths:");
    }

    @Test
    void belowTheFirstSchemaTable() {
      ConfigurationException error = error(() -> matrix(TABLE, "", "Application: x"));

      assertThat(error.location()).isEqualTo("compatibility.md:7");
      assertThat(error.reason()).contains("'Application: x' looks like a setting");
    }

    @Test
    void inIndentedCode() {
      assertThat(error(() -> with("Example:\n\n    Application: x")).location())
          .isEqualTo("compatibility.md:3");
    }

    @Test
    void onALineThatHoldsUnusualBlanks() {
      assertThat(error(() -> with("- Application: x\u2028y")).reason()).contains("looks like");
    }
  }

  @Nested
  class Skipped {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "```\nApplication: y\n```",
          "~~~ text\nApplication: y\n\n~~~",
          "````\n```\nApplication: y\n````",
          "  ```\n  Application: y\n  ```",
          "- ```\n  Application: y\n  ```",
          "1. Example:\n\n   ```\n   Application: y\n   ```",
          "1. Example:\n\n     ```\n   Application: y\n   ```",
          "<!-- Application: y -->",
          "<!--\n\nApplication: y\n\n-->",
          "  <!--\nApplication: y\n-->",
          "Text <!-- and\nApplication: y\n--> text",
        })
    void inFencesAndComments(String text) {
      assertThat(with(text + "\n\nApplication: x").application()).contains("x");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "The Application: y",
          "Applications: y",
          "Our application has paths.",
          "Unknown ahead is refused.",
          "Path: y",
          "x Application: y",
        })
    void inProse(String text) {
      assertThat(with(text + "\n\nApplication: x").application()).contains("x");
    }
  }

  /** What the host shows as text is never swallowed by something that only looks like code. */
  @Nested
  class NotHidden {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Comments begin with `<!--`.\n\nApplication: x\n\nThey end with `-->`.",
          "Comments begin with ``a`<!--``.\n\nApplication: x\n\nThey end with `-->`.",
          "Comments begin with \\<!--.\n\nApplication: x\n\nThey end with -->.",
          "<!-->\n\nApplication: x\n\n<!-- -->",
          "<!--->\n\nApplication: x\n\n<!-- -->",
          "Text:\n\n    <!--\n\nApplication: x\n\n    -->",
          "Text:\n\n\t```\n\nApplication: x\n\n\t```",
          "Text:\n\n    ```\n\nApplication: x\n\n    ```",
          "- ```\n  code\n  ```\n\nApplication: x\n\n- ```\n  code\n  ```",
          "1. ```\n   code\n   ```\n\nApplication: x\n\n2. ```\n   code\n   ```",
          "- ```\n  code\n\nApplication: x",
          "- item\n\n  ```\n  code\n\nApplication: x",
          "```\n    ```\n```\nApplication: x",
          "``` `a` ```\n\nApplication: x\n\n``` `b` ```",
          "```\ncode\n```\nApplication: x",
          "````\n```\n````\nApplication: x",
          "~~~\n```\n~~~\nApplication: x",
          "text\n    ```\n\nApplication: x",
        })
    void settingsBetweenThingsThatAreNoFenceOrComment(String text) {
      assertThat(with(text).application()).contains("x");
    }

    @Test
    void aCommentInsideALineMustEndBeforeABlankLine() {
      ConfigurationException error =
          error(() -> with("Text <!-- note\n\nApplication: x\n\nmore -->"));

      assertThat(error.location()).isEqualTo("compatibility.md:1");
      assertThat(error.reason()).contains("not closed before a blank line");
    }

    @Test
    void aCommentInAListItemMustEndThere() {
      ConfigurationException error = error(() -> with("- <!--\nApplication: x\n-->"));

      assertThat(error.reason()).contains("not closed inside its list item");
    }

    @ParameterizedTest
    @CsvSource({
      "'```\nApplication: x', code fence, 1",
      "'~~~\nApplication: x\n```', code fence, 1",
      "'text\n\n<!-- Application: x', comment, 3",
      "'```\ncode\n``` no end', code fence, 1",
      "'````\n```', code fence, 1",
    })
    void aFenceOrCommentWithoutEndIsRefused(String text, String what, int line) {
      ConfigurationException error = error(() -> with(text));

      assertThat(error.location()).isEqualTo("compatibility.md:" + line);
      assertThat(error.reason()).isEqualTo("the " + what + " that begins here is never closed");
    }
  }

  @Nested
  class WrongValues {

    @ParameterizedTest
    @ValueSource(
        strings = {"Application: x", "Unknown ahead: refused", "Paths: a/**", "Paths: b/**"})
    void aSettingGivenTwiceIsRefused(String line) {
      ConfigurationException error = error(() -> with(line + "\n\n" + line));

      assertThat(error.location()).isEqualTo("compatibility.md:3");
      assertThat(error.reason()).endsWith("is given twice");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"Application:", "Application: <!-- todo -->", "Unknown ahead: \\", "Paths: "})
    void aSettingWithoutValueIsRefused(String line) {
      assertThat(error(() -> with(line + "\n")).reason()).endsWith("has no value");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "**statewave**",
          "\"statewave\"",
          "statewave.",
          "<statewave>",
          "statewave<br>",
          "statewave # the API",
          "[statewave](https://example.org)",
          "`statewave` or `x`",
        })
    void aNameInMarkupIsRefusedForItWouldNameAnotherVariable(String name) {
      assertThat(error(() -> with("Application: " + name)).reason())
          .isEqualTo("'" + name + "' is not a name of an application");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Application: statewave Unknown ahead: refused",
          "Application: statewave, Paths: a/**",
          "Paths: a/** Application: x",
          "Unknown ahead: refused Application: x",
          "Application: state\u200Bwave",
          "Paths: a/**\uFEFF",
        })
    void twoSettingsInOneLineAreRefused(String line) {
      assertThat(error(() -> with(line)).reason())
          .endsWith("holds another setting or an invisible character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "ignored", "refused allowed", "**allowed**", "allow"})
    void unknownAheadTakesNothingElse(String value) {
      ConfigurationException error = error(() -> with("Unknown ahead: " + value));

      assertThat(error.reason()).isEqualTo("'" + value + "' is not a valid value");
      assertThat(error.remedy()).isEqualTo("Write refused, intact or allowed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/**,", ",a/**", "a/**,,b/*", "/", "classpath:", "`a/**,`"})
    void anEmptyPathIsRefused(String value) {
      assertThat(error(() -> with("Paths: " + value)).reason()).endsWith("holds an empty path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a/**\"", "a/** b/**", "a/**;b/**", "<a/**>", "`a/**` `b/*`"})
    void severalPathsWithoutCommaAreRefused(String value) {
      assertThat(error(() -> with("Paths: " + value)).reason()).endsWith("is not a path pattern");
    }
  }
}
