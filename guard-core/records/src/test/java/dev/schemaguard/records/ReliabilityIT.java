// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Figures;
import dev.schemaguard.testing.Repetitions;
import dev.schemaguard.testing.RequiresFaketime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables of docs/why/reliability.md and of the databases in docs/reference/databases.md are
 * what the suites of this build recorded. They run before this test does. It is skipped if only
 * some of them ran, or less or more often than in the full build, and on a JDK that knows other
 * characters: how many inputs are accepted depends on them.
 */
@DisabledIfSystemProperty(named = "test", matches = ".+")
@DisabledIfSystemProperty(named = Repetitions.PERCENT, matches = "(?!100$).+")
@Tag("full")
@RequiresFaketime
@EnabledForJreRange(min = JRE.JAVA_17, max = JRE.JAVA_17)
class ReliabilityIT {

  private static final Pattern MARK = Pattern.compile("<!-- recorded: (\\w+) -->");

  @ParameterizedTest
  @CsvSource({"why/reliability.md, 8", "reference/databases.md, 1"})
  void theTablesAreThoseOfThisBuild(String page, int tables) throws IOException {
    List<String> written = Files.readAllLines(Document.root().resolve("docs").resolve(page));

    List<String> recorded = withRecordedRows(written);

    Files.write(Document.generated(page), recorded);
    assertThat(written)
        .as("docs/%s is not what was tried. Run ./mvnw -N -Pdocs validate", page)
        .isEqualTo(recorded);
    assertThat(recorded).filteredOn(line -> MARK.matcher(line).matches()).hasSize(tables);
  }

  /** The page with the rows of every marked table replaced; its header and rule stay. */
  private static List<String> withRecordedRows(List<String> page) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      lines.add(page.get(i));
      Matcher mark = MARK.matcher(page.get(i));
      if (mark.matches()) {
        lines.add(page.get(++i));
        lines.add(page.get(++i));
        lines.addAll(mark.group(1).equals("all") ? sums() : recorded(mark.group(1)));
        while (i + 1 < page.size() && page.get(i + 1).startsWith("|")) {
          i++;
        }
      }
    }
    return lines;
  }

  private static List<String> recorded(String table) throws IOException {
    Path core = Document.root().resolve("guard-core");
    return Figures.recorded(
        List.of(core.resolve("tests"), core.resolve("build"), core.resolve("cli")), table);
  }

  private static List<String> sums() throws IOException {
    return List.of(
        sum("faults of network, database and clock", "faults", "mysql"),
        sum("outages of a server", "outages"),
        sum("generated inputs and histories", "inputs"));
  }

  /** The sums of the first column of figures of some tables, and of their last. */
  private static String sum(String name, String... tables) throws IOException {
    long tried = 0;
    long wrong = 0;
    List<String> rows = new ArrayList<>();
    for (String table : tables) {
      rows.addAll(recorded(table));
    }
    for (String row : rows) {
      List<String> figures =
          Arrays.stream(row.split(" \\| |^\\| | \\|$"))
              .filter(cell -> cell.matches("[\\d,]+"))
              .map(cell -> cell.replace(",", ""))
              .toList();
      tried += Long.parseLong(figures.get(0));
      wrong += Long.parseLong(figures.get(figures.size() - 1));
    }
    return String.format("| %s | %,d | %,d |", name, tried, wrong);
  }
}
