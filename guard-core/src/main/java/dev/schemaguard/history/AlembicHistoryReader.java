// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

/**
 * Reads Alembic's {@code alembic_version}. The table contains only the heads; the revisions below
 * them are determined by the chain. Alembic records neither failures nor comments, and takes no
 * lock.
 */
public final class AlembicHistoryReader extends TableHistoryReader {

  /** Creates a reader of the history at {@code location}. */
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
