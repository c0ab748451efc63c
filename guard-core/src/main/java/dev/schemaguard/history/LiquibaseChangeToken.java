// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.HistoryEntry.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What tells that Liquibase's table has moved: it adds a row for each changeset, gives it a new
 * date where it runs again, and deletes it in a rollback. Made of the rows themselves, or of what
 * the database says of them in one row.
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

  /** The token of the entries so far. */
  String text() {
    return text(rows, applied, newestDate);
  }

  /** The token of so many rows, so many of them in effect, the newest of that date. */
  static String text(long rows, long applied, @Nullable String newestDate) {
    return rows + " rows, " + applied + " applied, newest of " + newestDate;
  }
}
