// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * The tables of docs/why/reliability.md are what the suites of this build recorded. They run before
 * this test does. It is skipped if only some of them ran, or less or more often than in the full
 * build, and on a JDK that knows other characters: how many inputs are accepted depends on them.
 */
@DisabledIfSystemProperty(named = "test", matches = ".+")
@DisabledIfSystemProperty(named = Repetitions.PERCENT, matches = "(?!100$).+")
@Tag("full")
@RequiresFaketime
@EnabledForJreRange(min = JRE.JAVA_17, max = JRE.JAVA_17)
class ReliabilityIT {

  private static final Path PAGE = Document.root().resolve("docs/why/reliability.md");
  private static final Pattern MARK = Pattern.compile("<!-- recorded: (\\w+) -->");

  @Test
  void theTablesAreThoseOfThisBuild() throws IOException {
    List<String> written = Files.readAllLines(PAGE);

    List<String> recorded = withRecordedRows(written);

    Files.write(Document.generated("why/reliability.md"), recorded);
    assertThat(written)
        .as("docs/why/reliability.md is not what was tried. Run ./mvnw -N -Pdocs validate")
        .isEqualTo(recorded);
    assertThat(recorded).filteredOn(line -> MARK.matcher(line).matches()).hasSize(7);
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
    return Figures.recorded(List.of(core, core.resolve("build")), table);
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
