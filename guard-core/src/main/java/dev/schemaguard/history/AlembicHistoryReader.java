// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

/**
 * Reads Alembic's {@code alembic_version}. It holds the heads alone; what they build on is told by
 * the chain. Alembic records neither failures nor comments, and takes no lock.
 */
public final class AlembicHistoryReader extends TableHistoryReader {

  /** A reader of the history at {@code location}. */
  public AlembicHistoryReader(HistoryLocation location) {
    this(new HistoryTable(location, new AlembicTable()));
  }

  AlembicHistoryReader(HistoryTable table) {
    super(table);
  }

  @Override
  public String migrationTerm() {
    return "revision";
  }
}
