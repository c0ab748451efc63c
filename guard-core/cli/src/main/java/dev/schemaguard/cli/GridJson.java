// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.report.CompatibilityGrid;
import dev.schemaguard.status.JsonObject;
import dev.schemaguard.status.MigrationStatus;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Formats the grid as JSON: the columns, the rows with one verdict for each column, and the
 * position of the database.
 */
final class GridJson {

  private GridJson() {}

  static String of(CompatibilityGrid grid, @Nullable MigrationStatus status) {
    List<Consumer<JsonObject>> columns =
        grid.columns().stream().map(column -> (Consumer<JsonObject>) j -> put(j, column)).toList();
    List<Consumer<JsonObject>> rows =
        grid.rows().stream().map(row -> (Consumer<JsonObject>) j -> put(j, row)).toList();
    return new JsonObject()
        .put("application", grid.application())
        .putObjects("columns", columns)
        .putObjects("rows", rows)
        .putObject("database", status == null ? null : json -> put(json, status))
        .toString();
  }

  private static void put(JsonObject json, CompatibilityGrid.Column column) {
    json.put("first", column.first())
        .put("last", column.last())
        .put("revisions", column.revisions());
  }

  private static void put(JsonObject json, CompatibilityGrid.Row row) {
    json.put("app_version", row.label())
        .put("expected", row.expected())
        .put("min", row.min())
        .put("max", row.max())
        .putObjects(
            "cells",
            row.cells().stream().map(cell -> (Consumer<JsonObject>) j -> put(j, cell)).toList());
  }

  private static void put(JsonObject json, CompatibilityGrid.Cell cell) {
    json.put("verdict", cell.verdict().name()).put("is_compatible", cell.compatible());
  }

  private static void put(JsonObject json, MigrationStatus status) {
    json.put("current_revision", status.currentRevision())
        .put("app_version", status.appVersion())
        .put("matrix_row", status.matrixRow())
        .put("verdict", status.verdict().name())
        .put("is_compatible", status.compatible())
        .put("summary", status.summary());
  }
}
