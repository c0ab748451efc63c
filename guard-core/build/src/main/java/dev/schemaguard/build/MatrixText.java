// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.MatrixRow;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a matrix as its author wrote them.
 *
 * @param origin the location of the matrix
 * @param lines the lines of the document; empty if it is not a file
 */
record MatrixText(String origin, List<String> lines) {

  private static final Pattern URL = Pattern.compile("[a-z]{2,10}:.*");
  private static final Pattern DELIMITER = Pattern.compile("[\\s|:-]*-[\\s|:-]*");

  static MatrixText of(CompatibilityMatrix matrix) {
    String origin = matrix.origin();
    String text = URL.matcher(origin).matches() ? null : new TextFile(Path.of(origin)).read();
    return new MatrixText(origin, text == null ? List.of() : text.lines().toList());
  }

  /** Returns the line of a row; null if there is none. */
  @Nullable String line(MatrixRow row) {
    int number = number(row);
    return number > 0 && number <= lines.size() ? lines.get(number - 1) : null;
  }

  /**
   * Returns the header line of a row's table, which is above the line of dashes; null if there is
   * none.
   */
  @Nullable String headers(MatrixRow row) {
    for (int i = Math.min(number(row) - 2, lines.size() - 1); i > 0; i--) {
      if (DELIMITER.matcher(lines.get(i)).matches()) {
        return lines.get(i - 1);
      }
    }
    return null;
  }

  private int number(MatrixRow row) {
    String where = row.where();
    String number = where.startsWith(origin + ":") ? where.substring(origin.length() + 1) : "";
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
  }
}
