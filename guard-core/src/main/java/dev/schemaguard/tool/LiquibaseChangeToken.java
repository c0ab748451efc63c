// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A token that changes when Liquibase's table changes. Liquibase adds a row for each changeset,
 * updates its date if it runs again, and deletes it in a rollback. The token is computed from the
 * rows themselves, or from one row of aggregates that the database returns.
 */
final class LiquibaseChangeToken {

  private long rows;
  private long applied;
  private @Nullable String newestDate;

  /** Adds the next row, whether or not it is a changeset, in the order of the dates. */
  void add(HistoryEntry entry) {
    newestDate = entry.recordedAt();
    rows++;
    applied += entry.outcome() == Outcome.APPLIED ? 1 : 0;
  }

  /** Returns the token of the entries so far. */
  String text() {
    return text(rows, applied, newestDate);
  }

  /**
   * Returns the token for this number of rows, this number of applied rows and this newest date.
   */
  static String text(long rows, long applied, @Nullable String newestDate) {
    return rows + " rows, " + applied + " applied, newest of " + newestDate;
  }
}
