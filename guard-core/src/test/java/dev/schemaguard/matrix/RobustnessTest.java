// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Statewave;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a document holds, it is read, or refused with a configuration error, in less than a
 * second.
 */
class RobustnessTest {

  private static final int MEGABYTE = 1_000_000;

  /** Far beyond what a busy machine needs, and far below what quadratic work would take. */
  private static final long HANG = 20_000_000_000L;

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
  private static final List<String> PIECES =
      List.of(
          "|",
          "\n",
          "\r\n",
          "\t",
          " ",
          "`",
          "```",
          "~~~",
          "<!--",
          "-->",
          "\\",
          ">",
          "#",
          "-",
          "- ",
          "*",
          "_",
          ":",
          "::",
          ",",
          ".",
          "=",
          "x",
          "0",
          "1.0",
          "v",
          "head",
          "any",
          "current",
          "\n\n",
          "|---|---|",
          "Application:",
          "Unknown ahead:",
          "Paths:",
          "App version",
          "Expected",
          "Min",
          "optional",
          "parents=",
          "was=",
          "replaced-by=",
          "alias=",
          "\uFEFF",
          "\u00A0",
          "\u200B",
          "\u2028",
          "\u0000",
          "\uD83D",
          "ä",
          " - ",
          "+build",
          "-SNAPSHOT",
          "-3-gabc");

  /** Runs {@code read}, which may end in nothing but a configuration error, and does not hang. */
  private static void check(String description, Runnable read) {
    assertThat(time(description, read)).as("time for " + description).isLessThan(HANG);
  }

  private static long time(String description, Runnable read) {
    long start = cpuTime();
    try {
      read.run();
    } catch (ConfigurationException expected) {
      assertThat(expected.text().length()).as(description).isLessThan(4096);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(description, e);
    }
    return cpuTime() - start;
  }

  /** The time that this thread has computed, whatever else the machine does. */
  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aDocumentThatWasChangedAnywhereIsReadOrRefused(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      String matrix = mutated(MATRIX, random);
      String chain = i % 2 == 0 ? CHAIN : mutated(CHAIN, random);
      check("seed " + seed + ", document " + i, () -> readAll(matrix, chain));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void aVersionReferenceOrPathThatWasChangedAnywhereIsReadOrRefused(long seed) {
    Random random = new Random(seed);
    RevisionChain chain = RevisionChain.parse(CHAIN, "revisions.txt");
    CompatibilityMatrix matrix = CompatibilityMatrix.parse(MATRIX, chain);
    List<String> good =
        List.of(
            "0.6.1", "1.0.x - 1.1.x", "v1.0-rc.1+7", "0.6.1-3-gabc", "0010", "classpath:a/../b");
    AppVersion last = AppVersion.parse("1").orElseThrow();
    for (int i = 0; i < 10_000; i++) {
      String text = mutated(good.get(i % good.size()), random);
      check(
          "'" + text + "'",
          () -> {
            AppVersion.parse(text).ifPresent(version -> consistent(version, last));
            VersionPattern.parse(text);
            ChangesetKey.canonical(text);
            assertThat(ChangesetKey.normalize(ChangesetKey.normalize(text)))
                .isEqualTo(ChangesetKey.normalize(text));
            matrix.rowFor(text, text.length() % 2 == 0);
            chain.resolve(text, "here");
          });
    }
  }

  private static void consistent(AppVersion version, AppVersion other) {
    assertThat(Integer.signum(version.compareTo(other)))
        .isEqualTo(-Integer.signum(other.compareTo(version)));
    assertThat(version).isEqualByComparingTo(AppVersion.parse(" " + version).orElseThrow());
    assertThat(AppVersion.parse(version.toString())).contains(version);
    assertThat(version.release().hasQualifier()).isFalse();
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int from = random.nextInt(mutated.length() + 1);
      int to = Math.min(mutated.length(), from + random.nextInt(1 + random.nextInt(20)));
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      switch (random.nextInt(4)) {
        case 0 -> mutated.delete(from, to);
        case 1 -> mutated.insert(from, piece);
        case 2 -> mutated.replace(from, to, piece);
        default -> mutated.insert(from, mutated.substring(from, to));
      }
    }
    return mutated.toString();
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
    check(description, () -> readAll(matrix, CHAIN));
  }

  @Test
  void backticksInRunsOfEveryLengthAreReadInTime() {
    String runs = IntStream.range(1, 1_400).mapToObj("`"::repeat).collect(Collectors.joining(" "));

    check("runs of backticks", () -> readAll(runs + "\n\n" + MATRIX, CHAIN));
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
      check(
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
        IntStream.range(0, 25_000)
            .mapToObj(i -> "| " + version.apply(i) + " | 0001 | | |\n")
            .collect(Collectors.joining());

    check(
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
        many("replacements", i -> i + (i < 24_999 ? "\treplaced-by=" + (i + 1) : "")),
        many("replacements backwards", i -> i + (i > 0 ? "\treplaced-by=" + (i - 1) : "")),
        many("former names", i -> "n" + i + "\twas=o" + i),
        many("names that continue each other", i -> "a" + "_a".repeat(i % 100) + "__" + i));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("manyRevisions")
  void twentyFiveThousandRevisionsAreReadInTime(String description, IntFunction<String> line) {
    String text = IntStream.range(0, 25_000).mapToObj(line).collect(Collectors.joining("\n"));
    Consumer<RevisionChain> use =
        chain -> {
          Revision last = chain.revisions().get(chain.revisions().size() - 1);
          chain.upTo(last);
          chain.head("h2");
          chain.resolve(last.shortName(), "here");
          chain.resolve("nothing like it", "here");
        };

    check(description, () -> use.accept(RevisionChain.parse(text, "revisions.txt")));
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

    check("verify", () -> readAll(HEADER + rows, chain));
  }
}
