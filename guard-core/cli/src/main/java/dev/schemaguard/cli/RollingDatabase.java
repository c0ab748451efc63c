// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.build.rolling.UpgradeSide;
import dev.schemaguard.check.BoundedConnectionTask;
import dev.schemaguard.dialect.SqlFailure;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.tool.Tools;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * The database that an upgrade starts from: its history, and the versions that are connected.
 *
 * @param preflight the preflight of the new version
 * @param history what is applied
 */
record RollingDatabase(Preflight preflight, History history) {

  private static final int HARMS_RUNNING = 11;

  /** Reads the database that the options name. */
  static RollingDatabase read(DatabaseOptions database, MigratorOptions migrator, UpgradeSide to) {
    SchemaGuardBuilder builder =
        SchemaGuard.builder(database.dataSource())
            .matrix(to.matrix())
            .tool(database.tool())
            .history(database.location())
            .assumeNew(database.isAssumedNew())
            .migratedBy(migrator.migration())
            .timeout(database.timeout());
    if (to.version() != null) {
      builder.applicationVersion(to.version());
    }
    database.customTable().ifPresent(builder::customTable);
    try (SchemaGuard guard = builder.build()) {
      Preflight preflight = guard.preflight();
      return new RollingDatabase(
          preflight,
          preflight.status().verdict().isKnown()
              ? history(database)
              : new History(new HistoryPlace("", "", null, ""), List.of()));
    }
  }

  /** Returns whether the new version may migrate this database at all. */
  boolean isMigratable() {
    return preflight.go() || preflight.exitCode() == HARMS_RUNNING;
  }

  /** Returns what revisions require and does not hold, by the revisions' names. */
  Map<String, String> unmet() {
    Map<String, String> unmet = new LinkedHashMap<>();
    for (Preflight.Requirement each : preflight.requires()) {
      if (each.isUnmet()) {
        unmet.put(each.revision(), each.text() + " (" + each.reason() + ")");
      }
    }
    return unmet;
  }

  private static History history(DatabaseOptions database) {
    HistoryReader reader =
        database
            .customTable()
            .map(table -> Tools.reader(table, database.location()))
            .orElseGet(() -> Tools.reader(database.tool(), database.location()));
    try {
      HistoryResult reading =
          new BoundedConnectionTask<>(database.dataSource(), reader::read)
              .within(database.timeout());
      return reading instanceof History history ? history : new History(reading.place(), List.of());
    } catch (SQLException | BoundedConnectionTask.NoConnectionException e) {
      throw error(SqlFailure.message(e));
    } catch (TimeoutException e) {
      throw error("no answer from " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error("interrupted");
    }
  }

  private static ConfigurationException error(String what) {
    return new ConfigurationException("--url", what, "Run it again.");
  }
}
