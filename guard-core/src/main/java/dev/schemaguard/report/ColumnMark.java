// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.assessment.CompatibilityGrid.Column;
import dev.schemaguard.status.MigrationStatus;
import java.util.Collections;
import java.util.List;

/** What a status says of the revisions of a column. */
enum ColumnMark {
  /** The database stands at one of them. */
  HERE("▼", "the database stands here"),
  /** Expected and not applied. */
  PENDING("◌", "pending"),
  /** Applied and not expected. */
  AHEAD("▲", "ahead"),
  /** Recorded as failed. */
  FAILED("!", "failed");

  private final String symbol;
  private final String meaning;

  ColumnMark(String symbol, String meaning) {
    this.symbol = symbol;
    this.meaning = meaning;
  }

  /** Whether it holds of any revision of the column. */
  boolean isOn(Column column, MigrationStatus status) {
    List<String> marked =
        switch (this) {
          case HERE ->
              status.currentRevision() == null ? List.of() : List.of(status.currentRevision());
          case PENDING -> status.pendingRevisions();
          case AHEAD -> status.aheadRevisions();
          case FAILED -> status.failedRevisions();
        };
    return !Collections.disjoint(column.revisions(), marked);
  }

  String symbol() {
    return symbol;
  }

  String meaning() {
    return meaning;
  }
}
