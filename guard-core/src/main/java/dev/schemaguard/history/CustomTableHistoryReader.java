// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.time.Duration;

/**
 * Reads the history table of a tool that this library does not know, as settings describe it. It is
 * unknown which lock such a tool takes.
 */
final class CustomTableHistoryReader extends TableHistoryReader {

  /**
   * The time during which a row that looks like a failed migration may belong to one that is still
   * running, because the row may be written before its migration runs.
   */
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
