// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a client table: the clients that fit some versions of the server.
 *
 * @param cells all cells, including the label
 */
record ClientRow(String label, VersionPattern pattern, List<String> cells, String where)
    implements VersionRow {

  private static final String PROSE = " If this table is prose, name its first column otherwise.";

  /**
   * Creates a row from the row as written.
   *
   * @param columns how many cells the header has
   * @throws ConfigurationException if the row has a different number of cells, or its label does
   *     not spell a version
   */
  static ClientRow of(MarkdownTable.Row row, int columns, String where) {
    if (row.cells().size() != columns) {
      throw new ConfigurationException(
          where,
          "the row has " + row.cells().size() + " cell(s), the header " + columns,
          "Give every row the header's cells; end the table with a blank line." + PROSE);
    }
    String label = row.cells().get(0);
    VersionPattern pattern = VersionPattern.parse(label).orElse(null);
    if (pattern == null) {
      throw new ConfigurationException(
          where,
          "'" + label + "' is not a version of the server",
          "Write " + VersionPattern.FORMS + "." + PROSE);
    }
    return new ClientRow(label, pattern, row.cells(), where);
  }

  /**
   * Returns the range in the cell of a column, or null if the cell is blank.
   *
   * @throws ConfigurationException if the cell does not spell a range
   */
  @Nullable ClientRange range(int column) {
    String cell = cells.get(column);
    if (cell.isEmpty()) {
      return null;
    }
    ClientRange range = ClientRange.parse(cell).orElse(null);
    if (range == null) {
      throw new ConfigurationException(
          where,
          "'" + cell + "' is not a range of client versions",
          "Write " + ClientRange.FORMS + "." + PROSE);
    }
    return range;
  }
}
