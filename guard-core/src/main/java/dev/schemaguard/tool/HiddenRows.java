// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.Grants;
import dev.schemaguard.dialect.TableCatalog;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.Unreadable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The result for a history of which row-level security may show the role only a part. */
final class HiddenRows {

  private HiddenRows() {}

  /** Returns the result for the history at {@code place}, if rows of it may be hidden. */
  static Optional<Unreadable> look(DatabaseSession session, HistoryPlace place)
      throws SQLException {
    return TableCatalog.of(session).hidesRows(place)
        ? Optional.of(of(session, place))
        : Optional.empty();
  }

  static Unreadable of(DatabaseSession session, HistoryPlace place) throws SQLException {
    return new Unreadable(
        place,
        Cause.PERMISSION,
        "row-level security may hide rows of " + place.table() + " from the role",
        List.of(
            TableCatalog.of(session).showAllRowsTo(Grants.to(session).role()),
            "Read the history with a role that sees every row, such as the owner of the table."));
  }
}
