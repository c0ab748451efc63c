// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.report.CompatibilityGrid;
import dev.schemaguard.report.GridSymbol;
import dev.schemaguard.status.MigrationStatus;
import org.jspecify.annotations.Nullable;

/**
 * Formats the grid for a terminal and as Markdown, with numbered columns whose names are listed
 * below.
 */
final class GridText {

  private final CompatibilityGrid grid;
  private final @Nullable MigrationStatus status;

  GridText(CompatibilityGrid grid, @Nullable MigrationStatus status) {
    this.grid = grid;
    this.status = status;
  }

  /** Returns the grid with as many columns side by side as fit; the other columns follow below. */
  String terminal(Wrapping wrapping) {
    StringBuilder text = new StringBuilder();
    int label = grid.rows().stream().mapToInt(row -> row.label().length()).max().orElse(0) + 4;
    int here = here();
    text.append(title()).append("\n\n");
    int columns = grid.columns().size();
    int fitting = Math.max(1, (wrapping.width() - 1 - label) / cell());
    int first = 0;
    do {
      int end = Math.min(columns, Math.max(first, first + Math.min(fitting, columns)));
      block(text, label, here, first, end);
      first = end;
    } while (first < columns);
    text.append(GridLegend.of(wrapping)).append("\n\n");
    for (int i = 0; i < columns; i++) {
      text.append(right(String.valueOf(i + 1)))
          .append("  ")
          .append(grid.columns().get(i).label())
          .append(i == here ? "   ◀ the database stands here" : "")
          .append('\n');
    }
    if (status != null) {
      text.append('\n').append(status.compatible() ? "✔ " : "✖ ").append(status.summary());
      text.append('\n');
    }
    return text.toString().stripTrailing();
  }

  /** Adds a range of columns, for every row. */
  private void block(StringBuilder text, int label, int here, int first, int end) {
    if (here >= first && here < end) {
      text.append(" ".repeat(label + cell() * (here - first))).append(right("▼")).append('\n');
    }
    text.append(" ".repeat(label));
    for (int i = first; i < end; i++) {
      text.append(right(String.valueOf(i + 1)));
    }
    text.append('\n');
    for (CompatibilityGrid.Row row : grid.rows()) {
      String name = (isOwn(row) ? "▶ " : "  ") + row.label();
      text.append(name).append(" ".repeat(label - name.length()));
      row.cells()
          .subList(Math.min(first, row.cells().size()), Math.min(end, row.cells().size()))
          .forEach(cell -> text.append(right(GridSymbol.of(cell).symbol())));
      text.append('\n');
    }
    text.append('\n');
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# ").append(Markdown.text(title())).append("\n\n");
    text.append("| App version | Expected | Min | Max |");
    grid.columns()
        .forEach(column -> text.append(' ').append(Markdown.text(column.label())).append(" |"));
    text.append("\n|---|---|---|---|").append("---|".repeat(grid.columns().size())).append('\n');
    for (CompatibilityGrid.Row row : grid.rows()) {
      text.append("| ").append(Markdown.text((isOwn(row) ? "▶ " : "") + row.label()));
      text.append(" | ")
          .append(Markdown.text(row.expected()))
          .append(" | ")
          .append(Markdown.text(row.min()));
      text.append(" | ").append(row.max() == null ? "" : Markdown.text(row.max())).append(" |");
      row.cells().forEach(c -> text.append(' ').append(GridSymbol.of(c).symbol()).append(" |"));
      text.append('\n');
    }
    text.append('\n').append(GridLegend.of(Wrapping.NONE)).append('\n');
    if (status != null) {
      text.append("\nThe database stands at ")
          .append(
              status.currentRevision() == null ? "none" : Markdown.text(status.currentRevision()))
          .append(": ")
          .append(Markdown.text(status.summary()))
          .append('\n');
    }
    return text.toString().stripTrailing();
  }

  private String title() {
    return (grid.application() == null ? "" : grid.application() + ": ") + "schema compatibility";
  }

  private int here() {
    for (int i = 0; status != null && i < grid.columns().size(); i++) {
      if (status.currentRevision() != null
          && grid.columns().get(i).revisions().contains(status.currentRevision())) {
        return i;
      }
    }
    return -1;
  }

  private boolean isOwn(CompatibilityGrid.Row row) {
    return status != null && row.label().equals(status.matrixRow());
  }

  /** Returns the width of a column, which is its number and a space, at least three. */
  private int cell() {
    return Math.max(3, String.valueOf(grid.columns().size()).length() + 1);
  }

  private String right(String text) {
    return " ".repeat(cell() - text.length()) + text;
  }
}
