// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.List;

/**
 * Finds lines outside of all tables that were meant for a schema table: a row after a blank line, a
 * header whose delimiter row does not fit, or a table inside a block quote. Without this check,
 * such a line would go unnoticed until a version has no row.
 */
final class IgnoredRows {

  private final List<SchemaTable> schemaTables;
  private final String origin;

  IgnoredRows(List<SchemaTable> schemaTables, String origin) {
    this.schemaTables = schemaTables;
    this.origin = origin;
  }

  /** Refuses a document that contains such a line. */
  void refuse(List<MarkdownLines.Line> lines, List<MarkdownTable> tables) {
    int next = 0;
    int last = 0;
    for (MarkdownLines.Line line : lines) {
      if (next < tables.size() && tables.get(next).line() == line.number()) {
        last = tables.get(next++).lastLine();
      }
      if (line.number() > last && MarkdownTable.hasPipe(line)) {
        refuse(line);
      }
    }
  }

  private void refuse(MarkdownLines.Line line) {
    List<String> cells = MarkdownTable.cells(line);
    if (SchemaHeaders.nameVersions(MarkdownTable.headers(cells))) {
      throw error(
          line,
          "looks like the header of a table but would be ignored",
          "Write a delimiter row with as many cells below it, and the table outside of quotations.");
    }
    boolean framed = line.text().stripLeading().startsWith("|");
    boolean row =
        framed
            ? cells.stream().anyMatch(cell -> VersionPattern.parse(cell).isPresent())
            : schemaTables.stream().anyMatch(table -> table.looksLikeRow(cells));
    if (row) {
      throw error(
          line,
          "looks like a row but belongs to no table",
          "A blank line ends a table: remove it, or write the header and a delimiter row above.");
    }
  }

  private ConfigurationException error(MarkdownLines.Line line, String what, String action) {
    return new ConfigurationException(
        origin + ":" + line.number(), "'" + line.text().strip() + "' " + what, action);
  }
}
