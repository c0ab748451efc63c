// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.report.CompatibilityGrid.Column;
import dev.schemaguard.status.MigrationStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which labels a status puts on the columns of a grid. */
final class ColumnLabels {

  private final Map<ColumnLabel, Set<String>> revisions = new EnumMap<>(ColumnLabel.class);

  /**
   * Creates the labels of a status.
   *
   * @param status the status of a database; null if none was checked, and then no column has a
   *     label
   */
  ColumnLabels(@Nullable MigrationStatus status) {
    if (status != null) {
      for (ColumnLabel label : ColumnLabel.values()) {
        revisions.put(label, Set.copyOf(label.revisions(status)));
      }
    }
  }

  /** Returns the labels that any of these columns has. */
  List<ColumnLabel> on(List<Column> columns) {
    return revisions.entrySet().stream()
        .filter(label -> columns.stream().anyMatch(column -> isAnyOf(label.getValue(), column)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns whether the database is in this column. */
  boolean isHere(Column column) {
    return isAnyOf(revisions.getOrDefault(ColumnLabel.HERE, Set.of()), column);
  }

  private static boolean isAnyOf(Set<String> revisions, Column column) {
    return column.revisions().stream().anyMatch(revisions::contains);
  }
}
