// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ConfigurationException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The migration tools whose history can be read. */
public enum Tool {
  /** The tool whose table exists, detected automatically. */
  AUTO,
  /** Liquibase, with its {@code DATABASECHANGELOG}. */
  LIQUIBASE,
  /** Flyway, with its {@code flyway_schema_history}. */
  FLYWAY,
  /** Alembic, with its {@code alembic_version}. */
  ALEMBIC,
  /** golang-migrate, with its {@code schema_migrations}. */
  GOLANG_MIGRATE,
  /**
   * Another tool, whose table is described by a {@link CustomHistoryTable}. It is never detected
   * automatically.
   */
  TABLE;

  /**
   * Returns a new reader of this tool's history at {@code location}.
   *
   * @throws ConfigurationException for {@link #TABLE}, which {@link CustomHistoryTable#reader}
   *     reads
   */
  public HistoryReader reader(HistoryLocation location) {
    return reader(location, history -> true);
  }

  /**
   * Returns a new reader of this tool's history at {@code location}.
   *
   * @param mayBeOurs whether a history may be this application's; {@link #AUTO} calls it if several
   *     tools keep one there
   * @throws ConfigurationException for {@link #TABLE}, which {@link CustomHistoryTable#reader}
   *     reads
   */
  public HistoryReader reader(HistoryLocation location, Predicate<History> mayBeOurs) {
    return switch (this) {
      case AUTO -> new AutoHistoryReader(location, mayBeOurs);
      case LIQUIBASE -> new LiquibaseHistoryReader(location);
      case FLYWAY -> new FlywayHistoryReader(location);
      case ALEMBIC -> new AlembicHistoryReader(location);
      case GOLANG_MIGRATE -> new GolangMigrateHistoryReader(location);
      case TABLE ->
          throw new ConfigurationException(
              "tool",
              "the tool is table, and nothing describes that",
              "Name the table and the column that names its migrations, by customTable(…) or by"
                  + " the settings table and revision-column; or name another tool.");
    };
  }

  /**
   * Returns the formats of the tables in which this tool, or any tool for {@link #AUTO}, may keep
   * its history.
   */
  List<TableFormat> formats() {
    return switch (this) {
      case AUTO -> AutoHistoryReader.formats();
      case LIQUIBASE -> List.of(new LiquibaseTable());
      case FLYWAY -> List.of(new FlywayTable());
      case ALEMBIC -> List.of(new AlembicTable());
      case GOLANG_MIGRATE -> List.of(new GolangMigrateTable());
      case TABLE -> List.of();
    };
  }

  /** Returns the name that settings and statuses use for it: {@code golang-migrate}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
