// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the reliability suites tried, as the rows of the tables in docs/reliability.md. Every suite
 * records its rows while it runs; a test that runs after all of them holds the document to them.
 */
public final class Figures {

  /** Where the rows are: a file for each, named after it, below a folder for each table. */
  public static final Path FOLDER = Path.of("target", "reliability");

  private Figures() {}

  /**
   * Records one row. A row that is recorded again replaces the former one.
   *
   * @param table the table's name: {@code faults}
   * @param row what was tried: {@code the server is killed during a check}
   * @param figures the cells behind it, such as how often it was tried and how often it went wrong;
   *     the same in every run
   */
  public static void record(String table, String row, Object... figures) {
    StringBuilder line = new StringBuilder("| ").append(row).append(" |");
    for (Object figure : figures) {
      line.append(' ').append(figure).append(" |");
    }
    try {
      Path folder = Files.createDirectories(FOLDER.resolve(table));
      Files.writeString(folder.resolve(row.replaceAll("[^A-Za-z0-9]+", "-")), line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
