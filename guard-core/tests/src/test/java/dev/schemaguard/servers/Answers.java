// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servers;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * What a guard answers in a situation, as the cells of its row in the documentation.
 *
 * @param check the verdict, and the problem's code if there is one
 * @param preflight its exit code
 * @param lock whether the lock of a migration is seen that runs directly on the server
 * @param versions how many of the connected versions are known to be seen
 */
record Answers(String check, String preflight, String lock, String versions) {

  /** The version of golang-migrate that every database has. */
  static final int APPLIED = 2;

  private static final String UNKNOWN = "–";

  /** A guard that expects {@code head} and nothing else. */
  static SchemaGuardBuilder guard(DataSource dataSource, int head) {
    StringBuilder chain = new StringBuilder();
    for (int version = 1; version <= head; version++) {
      chain.append(version).append('\n');
    }
    return SchemaGuard.builder(dataSource)
        .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(chain.toString(), "revisions.txt")))
        .environment(variable -> null);
  }

  /** Brings a database to {@link #APPLIED}. */
  static TestDatabase migrated(TestDatabase database) throws SQLException {
    new GolangMigrateRun(database, "schema_migrations").at(APPLIED);
    return database;
  }

  /**
   * The answers of {@code builder}.
   *
   * @param server where a migration would run
   */
  static Answers of(SchemaGuardBuilder builder, TestDatabase server) throws SQLException {
    return of(builder, server, "public");
  }

  /** The same where the history is in {@code schema}. */
  static Answers of(SchemaGuardBuilder builder, TestDatabase server, String schema)
      throws SQLException {
    try (SchemaGuard guard = builder.build()) {
      MigrationStatus status = guard.check();
      Preflight preflight = guard.preflight();
      return new Answers(
          status.verdict() + (status.problem() == null ? "" : " " + status.problem().code()),
          String.valueOf(preflight.exitCode()),
          status.verdict() == Verdict.UNREACHABLE ? UNKNOWN : lock(guard, server, schema),
          versions(guard.connectedVersions()));
    }
  }

  private static String versions(ConnectedVersions seen) {
    return switch (seen.visibility()) {
      case FULL -> "all";
      case PARTIAL -> "some";
      case NONE -> String.valueOf(seen.notSeen()).contains("cannot be asked") ? UNKNOWN : "none";
    };
  }

  private static String lock(SchemaGuard guard, TestDatabase server, String schema)
      throws SQLException {
    try (Connection migration =
        new GolangMigrateRun(server, "schema_migrations").lock(schema, false)) {
      boolean seen = guard.preflight().status().migrationLock() != null;
      return seen && !migration.isClosed() ? "seen" : "not seen";
    }
  }

  /** As they stand in the documentation. */
  List<String> cells() {
    return List.of(check, preflight, lock, versions);
  }
}
