// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.time.Duration;

/**
 * Reads the table of a tool that is not known here, as its settings describe it. Nobody here knows
 * what such a tool locks.
 */
final class CustomTableHistoryReader extends TableHistoryReader {

  /** A row that is written before its migration runs looks as one whose migration failed. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final Duration grace;

  CustomTableHistoryReader(HistoryLocation location, CustomHistoryTable settings) {
    this(settings, new HistoryTable(location, new CustomTableFormat(settings)));
  }

  CustomTableHistoryReader(CustomHistoryTable settings, HistoryTable table) {
    super(table);
    this.grace = settings.failedWhen() == null ? Duration.ZERO : GRACE;
  }

  @Override
  public Duration grace() {
    return grace;
  }
}
