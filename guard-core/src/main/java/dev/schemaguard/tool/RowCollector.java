// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.ReadSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One reading of a history table. It collects the rows and returns the history that they form. */
final class RowCollector implements ReadSession.RowConsumer {

  private static final int DEFECTS_SHOWN = 3;

  private final HistoryPlace place;
  private final MigrationTool format;
  private final TableFormat.Rows rows;
  private final List<String> defects = new ArrayList<>();
  private int count;

  RowCollector(HistoryPlace place, MigrationTool format) {
    this.place = place.withRowsWhere(format.rowsWhere());
    this.format = format;
    this.rows = format.rows();
  }

  @Override
  public void accept(ResultSet row) throws SQLException {
    count++;
    Optional<String> defect = rows.add(row);
    if (defect.isPresent()) {
      defects.add("row " + count + " " + defect.get());
    }
  }

  /** Returns the rows. */
  TableFormat.Rows rows() {
    return rows;
  }

  /**
   * Returns the history, or the reason why it cannot be used if the tool does not write one of its
   * rows.
   */
  HistoryResult result() {
    return defects.isEmpty()
        ? new History(place, rows.entries(), rows.token())
        : new Unreadable(
            place,
            Cause.SHAPE,
            place.table()
                + ": "
                + String.join("; ", defects.subList(0, Math.min(DEFECTS_SHOWN, defects.size()))),
            List.of(format.adviceOnShape()));
  }
}
