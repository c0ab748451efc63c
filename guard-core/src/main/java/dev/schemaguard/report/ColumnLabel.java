// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.tool.Tools;
import java.util.List;

/** The labels that show a status on the columns of the grid. */
enum ColumnLabel {
  /** The database is at one of the revisions. */
  HERE("▼", "the database is here"),
  /** Expected and not applied. */
  PENDING("◌", "pending"),
  /** Applied and not expected. */
  AHEAD("▲", "ahead"),
  /** Recorded as failed. */
  FAILED("!", "failed");

  private final String symbol;
  private final String meaning;

  ColumnLabel(String symbol, String meaning) {
    this.symbol = symbol;
    this.meaning = meaning;
  }

  /** Returns the revisions of a status that have this label. */
  List<String> revisions(MigrationStatus status) {
    return switch (this) {
      case HERE -> current(status);
      case PENDING -> status.pendingRevisions();
      case AHEAD -> status.aheadRevisions();
      case FAILED -> status.failedRevisions();
    };
  }

  /** Returns where a database is; it may be at several heads. */
  private static List<String> current(MigrationStatus status) {
    String current = status.currentRevision();
    if (current == null) {
      return List.of();
    }
    String tool = status.tool();
    return tool != null && Tools.recordsHeads(tool)
        ? List.of(current.split(", ", -1))
        : List.of(current);
  }

  String symbol() {
    return symbol;
  }

  String meaning() {
    return meaning;
  }
}
