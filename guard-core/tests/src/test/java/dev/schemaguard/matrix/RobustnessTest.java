// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Repetitions;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However long or deep a document is, it is read, or refused with a configuration error, in time.
 */
@Tag("inputs")
class RobustnessTest {

  private static final int MEGABYTE = Repetitions.length(1_000_000);
  private static final int LINES = Repetitions.length(25_000);

  private static final String MATRIX =
      Statewave.resource("statewave/schema-guard/compatibility.md")
          + """

          Paths are none, `a | b`. <!-- comment --> See 1.0.x.

          ```sql
          select 1 | 2
          ```

          1. List
             > Quote

          | Server version | Python SDK |
          |---|---|
          | 1.0.x | 0.9.x - 1.1.x |

          | Application version | Expected | Max | Notes |
          |:--|--:|---|---|
          | 0.0.x - 0.0.9 | `0001` | any | \\| |
          | * | 0001 | 0002 | |
          """;
  private static final String CHAIN =
      Statewave.resource("statewave/schema-guard/revisions.txt")
          + "db/x.yaml::13::me\talias=v1,v2\tdbms=!h2\toptional\n"
          + "db/x.yaml::14::me\tparents=db/x.yaml::13::me\twas=db/y.yaml::14::me\n"
          + "db/x.yaml::15::me\treplaced-by=db/x.yaml::14::me\n"
          + "16\tretired\n";
  private static final Tally TALLY = new Tally("documents long or deep");

  @AfterAll
  static void record() {
    TALLY.close();
  }

  private static void readAll(String matrix, String chain) {
    RevisionChain revisions;
    try {
      revisions = RevisionChain.parse(chain, "revisions.txt");
    } catch (ConfigurationException e) {
      revisions = null;
    }
    CompatibilityMatrix read = CompatibilityMatrix.parse(matrix, revisions);
    for (String version : new String[] {null, "0.6.1", "0.6.1-SNAPSHOT", "deadbeef"}) {
      read.rowFor(version, false).ifPresent(read::resolve);
    }
    read.rows().forEach(read::resolve);
  }

  @Test
  void theGoodDocumentsAreRead() {
    readAll(MATRIX, CHAIN);

    assertThat(CompatibilityMatrix.parse(MATRIX, null).rows()).hasSize(10);
  }

  static Stream<Arguments> bigMatrices() {
    String table = HEADER + "| current | | | |\n";
    List<String> repeated =
        List.of(
            "x",
            " ",
            "\t",
            "|",
            "` ",
            "`",
            "\\",
            ">",
            "- ",
            "1. ",
            "1) - + * ",
            "<!--",
            "<!-- -->",
            "`<!--` ",
            "9",
            "1.",
            "unknown ",
            "\n",
            "- x\n",
            "> | a\n",
            "| a | b |\n|---|---|\n");
    List<Arguments> all = new ArrayList<>();
    for (String piece : repeated) {
      String big = piece.repeat(MEGABYTE / piece.length());
      all.add(Arguments.of("before: " + shown(piece), big + "\n\n" + table));
      all.add(Arguments.of("as row: " + shown(piece), table + big));
      all.add(Arguments.of("as header: " + shown(piece), big + "\n" + table));
      all.add(Arguments.of("as cell: " + shown(piece), table + "| 1" + big + "2 | a | | |\n"));
      all.add(Arguments.of("as name: " + shown(piece), "Application: a" + big + "b\n\n" + table));
      all.add(Arguments.of("as path: " + shown(piece), "Paths: a" + big + "b\n\n" + table));
    }
    return all.stream();
  }

  private static String shown(String piece) {
    return piece.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bigMatrices")
  void aMegabyteOfAnythingIsReadInTime(String description, String matrix) {
    TALLY.check(description, () -> readAll(matrix, CHAIN));
  }

  @Test
  void backticksInRunsOfEveryLengthAreReadInTime() {
    String runs = IntStream.range(1, 1_400).mapToObj("`"::repeat).collect(Collectors.joining(" "));

    TALLY.check("runs of backticks", () -> readAll(runs + "\n\n" + MATRIX, CHAIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "./",
        "../",
        "a/",
        "a/../",
        "classpath:",
        "BOOT-INF/classes/",
        "::",
        "x",
        "\t",
        ",",
        "\\",
        "c:",
        " ",
        "1.",
        "1_",
        "a_",
        "a-",
        "9",
      })
  void aMegabyteOfAnythingInAChainIsReadInTime(String piece) {
    String big = piece.repeat(MEGABYTE / piece.length());
    for (String line :
        List.of(
            big, big + "::1::me", "a\t" + big, "a\talias=" + big, "a\twas=" + big + "::1::me")) {
      TALLY.check(
          "chain of " + piece,
          () -> {
            RevisionChain chain = RevisionChain.parse("0\n" + line + "\n", "revisions.txt");
            chain.revisions().forEach(revision -> chain.resolve(revision.name(), "here"));
            chain.resolve("0", "here");
            chain.resolve(big + "x", "here");
          });
    }
  }

  static Stream<Arguments> manyRows() {
    return Stream.of(
        many("exact versions", i -> "1." + i),
        many("nested spans", i -> "0." + i + " - 9." + (99_999 - i)),
        many("neighbouring spans", i -> "1." + i + ".x"),
        many("spans that begin together", i -> "1.0 - 1." + (i + 1)),
        many("spans that end together", i -> "1." + i + " - 2.0"),
        many("long versions", i -> i + ".1".repeat(12)),
        many("equal versions", i -> "1.0"),
        many("overlapping spans", i -> i + ".0 - " + (i + 2) + ".0"),
        many("pre-releases", i -> "1.0-rc." + i));
  }

  private static Arguments many(String description, IntFunction<String> version) {
    return Arguments.of(description, version);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("manyRows")
  void twentyFiveThousandRowsAreReadInTime(String description, IntFunction<String> version) {
    String rows =
        IntStream.range(0, LINES)
            .mapToObj(i -> "| " + version.apply(i) + " | 0001 | | |\n")
            .collect(Collectors.joining());

    TALLY.check(
        description,
        () -> {
          CompatibilityMatrix matrix = CompatibilityMatrix.parse(HEADER + rows, null);
          matrix.rowFor("1.77.1-SNAPSHOT", false);
        });
  }

  static Stream<Arguments> manyRevisions() {
    return Stream.of(
        many("plain lines", i -> String.format("%05d_add_something", i)),
        many("whole keys", i -> "db/changelog/" + i % 7 + ".yaml::" + i + "_add::someone"),
        many("parents", i -> i == 0 ? "0" : i + "\tparents=" + (i - 1)),
        many(
            "parents two by two", i -> i < 2 ? "" + i : i + "\tparents=" + (i - 1) + "," + (i - 2)),
        many("replacements", i -> i + (i < LINES - 1 ? "\treplaced-by=" + (i + 1) : "")),
        many("replacements backwards", i -> i + (i > 0 ? "\treplaced-by=" + (i - 1) : "")),
        many("former names", i -> "n" + i + "\twas=o" + i),
        many("names that continue each other", i -> "a" + "_a".repeat(i % 100) + "__" + i));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("manyRevisions")
  void twentyFiveThousandRevisionsAreReadInTime(String description, IntFunction<String> line) {
    String text = IntStream.range(0, LINES).mapToObj(line).collect(Collectors.joining("\n"));
    Consumer<RevisionChain> use =
        chain -> {
          Revision last = chain.revisions().get(chain.revisions().size() - 1);
          chain.upTo(last);
          chain.head("h2");
          chain.resolve(last.shortName(), "here");
          chain.resolve("nothing like it", "here");
        };

    TALLY.check(description, () -> use.accept(RevisionChain.parse(text, "revisions.txt")));
  }

  @Test
  void everyRowOfALongMatrixIsResolvedAgainstALongChainInTime() {
    String rows =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "| 1." + i + " | " + String.format("%04d", i) + " | | |\n")
            .collect(Collectors.joining());
    String chain =
        IntStream.range(0, 2_000)
            .mapToObj(i -> String.format("db/a.yaml::%04d_add::me", i))
            .collect(Collectors.joining("\n"));

    TALLY.check("verify", () -> readAll(HEADER + rows, chain));
  }
}
