// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

/** The migration tools whose history can be read. */
public enum Tool {
  /** The one whose table is there. */
  AUTO {
    @Override
    public HistoryReader reader(HistoryLocation location) {
      return new AutoHistoryReader(location);
    }
  },
  /** Liquibase, and its {@code DATABASECHANGELOG}. */
  LIQUIBASE {
    @Override
    public HistoryReader reader(HistoryLocation location) {
      return new LiquibaseHistoryReader(location);
    }
  },
  /** Flyway, and its {@code flyway_schema_history}. */
  FLYWAY {
    @Override
    public HistoryReader reader(HistoryLocation location) {
      return new FlywayHistoryReader(location);
    }
  };

  /** A new reader of this tool's history at {@code location}. */
  public abstract HistoryReader reader(HistoryLocation location);
}
