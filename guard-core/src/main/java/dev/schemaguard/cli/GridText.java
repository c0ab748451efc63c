// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.assessment.CompatibilityGrid;
import dev.schemaguard.report.GridSign;
import dev.schemaguard.status.MigrationStatus;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The grid for a terminal and as Markdown: numbered columns, their names below. */
final class GridText {

  private static final int CELL = 3;

  private final CompatibilityGrid grid;
  private final @Nullable MigrationStatus status;

  GridText(CompatibilityGrid grid, @Nullable MigrationStatus status) {
    this.grid = grid;
    this.status = status;
  }

  String terminal() {
    StringBuilder text = new StringBuilder();
    int width = grid.rows().stream().mapToInt(row -> row.label().length()).max().orElse(0) + 4;
    text.append(title()).append("\n\n");
    int here = here();
    if (here >= 0) {
      text.append(" ".repeat(width + CELL * here)).append(right("▼")).append('\n');
    }
    text.append(" ".repeat(width));
    for (int i = 1; i <= grid.columns().size(); i++) {
      text.append(right(String.valueOf(i)));
    }
    text.append('\n');
    for (CompatibilityGrid.Row row : grid.rows()) {
      String label = (isOwn(row) ? "▶ " : "  ") + row.label();
      text.append(label).append(" ".repeat(width - label.length()));
      row.cells().forEach(cell -> text.append(right(GridSign.of(cell).symbol())));
      text.append('\n');
    }
    text.append('\n').append(legend()).append("\n\n");
    List<CompatibilityGrid.Column> columns = grid.columns();
    for (int i = 0; i < columns.size(); i++) {
      text.append(right(String.valueOf(i + 1)))
          .append("  ")
          .append(columns.get(i).label())
          .append(i == here ? "   ◀ the database stands here" : "")
          .append('\n');
    }
    if (status != null) {
      text.append('\n').append(status.compatible() ? "✔ " : "✖ ").append(status.summary());
      text.append('\n');
    }
    return text.toString().stripTrailing();
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# ").append(title()).append("\n\n");
    text.append("| App version | Expected | Min | Max |");
    grid.columns().forEach(column -> text.append(' ').append(cell(column.label())).append(" |"));
    text.append("\n|---|---|---|---|").append("---|".repeat(grid.columns().size())).append('\n');
    for (CompatibilityGrid.Row row : grid.rows()) {
      text.append("| ").append(cell((isOwn(row) ? "▶ " : "") + row.label()));
      text.append(" | ").append(cell(row.expected())).append(" | ").append(cell(row.min()));
      text.append(" | ").append(row.max() == null ? "" : cell(row.max())).append(" |");
      row.cells().forEach(c -> text.append(' ').append(GridSign.of(c).symbol()).append(" |"));
      text.append('\n');
    }
    text.append('\n').append(legend()).append('\n');
    if (status != null) {
      text.append("\nThe database stands at ")
          .append(status.currentRevision() == null ? "none" : status.currentRevision())
          .append(": ")
          .append(status.summary())
          .append('\n');
    }
    return text.toString().stripTrailing();
  }

  private String title() {
    return (grid.application() == null ? "" : grid.application() + ": ") + "schema compatibility";
  }

  private static String legend() {
    return List.of(GridSign.values()).stream()
        .map(sign -> sign.symbol() + " " + sign.meaning())
        .collect(Collectors.joining("   "));
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

  private static String right(String text) {
    return " ".repeat(Math.max(1, CELL - text.length())) + text;
  }

  private static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|");
  }
}
