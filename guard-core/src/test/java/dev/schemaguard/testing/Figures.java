// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * What the tests of one run tried, as the rows of the tables in docs/why/reliability.md and of the
 * table of databases in docs/reference/databases.md. Every suite records its rows while it runs; a
 * test that runs after all of them compares the documents with them.
 */
public final class Figures {

  /** The build empties it before the tests begin. */
  private static final Path FOLDER = Path.of("target", "reliability");

  private Figures() {}

  /**
   * Records one row. A row that is recorded again replaces the former one.
   *
   * @param table the table's name: {@code faults}
   * @param row what was tried: {@code the server is killed during checks}
   * @param figures the cells behind it, such as how often it was tried and how often it went wrong;
   *     the same in every run
   */
  public static void record(String table, String row, Object... figures) {
    StringJoiner cells = new StringJoiner(" | ", "| ", " |").add(row);
    for (Object figure : figures) {
      cells.add(figure instanceof Number number ? String.format("%,d", number) : figure.toString());
    }
    try {
      Files.writeString(
          Files.createDirectories(FOLDER.resolve(table))
              .resolve(row.replaceAll("[^A-Za-z0-9]+", "-")),
          cells.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rows of a table that the tests of this build have recorded, in alphabetical order.
   *
   * @param modules the directories of the modules whose tests record rows
   */
  public static List<String> recorded(List<Path> modules, String table) throws IOException {
    List<String> rows = new ArrayList<>();
    for (Path module : modules) {
      Path folder = module.resolve(FOLDER).resolve(table);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          files.map(Figures::content).forEach(rows::add);
        }
      }
    }
    return rows.stream().sorted().toList();
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
