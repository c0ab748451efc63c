// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.tool.SearchingReader;
import dev.schemaguard.tool.Surroundings;
import dev.schemaguard.tool.Tools;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one history, and what surrounds it, with the reader of its tool. If the connection still
 * works, a failure of the reader is a result like any other.
 */
record HistoryAccess(HistoryReader reader) {

  /** Returns the history, or why it cannot be read. */
  HistoryResult read(DatabaseSession session) throws SQLException {
    try {
      return reader.read(session);
    } catch (ConfigurationException e) {
      throw e;
    } catch (SQLException e) {
      if (session.meaning(e).isWithoutResult()) {
        throw e;
      }
      session.recoverFrom(e);
      return unreadable(session, e);
    } catch (RuntimeException e) {
      return unreadable(session, e);
    }
  }

  private HistoryResult unreadable(DatabaseSession session, Exception e) {
    return new Unreadable(
        new HistoryPlace(reader.tool(), session.dbms(), null, "history"),
        Cause.QUERY,
        Database.message(e),
        List.of("Look up the database's message; the guard reads with plain SELECTs."));
  }

  /** Returns why rows of a history may be hidden from this role; empty if none is. */
  Optional<Unreadable> hiddenRows(DatabaseSession session, HistoryResult reading)
      throws SQLException {
    return reading instanceof History
        ? reader.hiddenRows(session, reading.place())
        : Optional.empty();
  }

  /** Returns the other histories in the catalog. */
  Surroundings surroundings(DatabaseSession session, HistoryResult reading) throws SQLException {
    return reader instanceof SearchingReader searching
        ? searching.surroundings(session, reading.place())
        : Surroundings.NONE;
  }

  /** Returns the tables beside a missing history. */
  OtherTables otherTables(DatabaseSession session, HistoryResult reading) throws SQLException {
    try {
      return OtherTables.of(reader.otherTables(session, reading.place()));
    } catch (SQLException e) {
      session.recoverFrom(e);
      return OtherTables.unknown(Database.message(e));
    }
  }

  /**
   * Returns the comment on the history's table, which may be a marker if the tool records no
   * comments; empty if the tool does, or if the comment cannot be read.
   */
  Optional<String> tableComment(DatabaseSession session, HistoryPlace place) throws SQLException {
    if (!Tools.recordsNoComments(place.tool())) {
      return Optional.empty();
    }
    try {
      return session.dialect().tableComment(session, place.schema(), place.table());
    } catch (SQLException e) {
      if (session.meaning(e).isTimeout()) {
        throw e;
      }
      session.recoverFrom(e);
      return Optional.empty();
    }
  }

  /** Returns the lock that is held; null if none is, or if the reader cannot look for it. */
  @Nullable MigrationLock lock(DatabaseSession session) throws SQLException {
    try {
      return reader.lock(session).orElse(null);
    } catch (RuntimeException e) {
      // The reader may be the application's own. A lock is only additional evidence, and no result
      // is wrong without it.
      return null;
    }
  }

  /** Returns whether the history has the same change token as at an earlier check. */
  boolean hasToken(DatabaseSession session, @Nullable String token) throws SQLException {
    return reader.changeToken(session).equals(Optional.ofNullable(token));
  }
}
