// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import java.sql.SQLException;

/** A reader that can look for a history which is not where it was expected. */
public interface SearchingReader extends HistoryReader {

  /**
   * Returns what the catalog shows around {@code place} if the history is missing or empty: tables
   * that may contain it under another name or in another schema.
   *
   * @throws SQLException if the connection broke
   */
  Surroundings surroundings(DatabaseSession session, HistoryPlace place) throws SQLException;
}
