// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.util.Locale;

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

  /** Returns the name that settings and statuses use for it: {@code golang-migrate}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
