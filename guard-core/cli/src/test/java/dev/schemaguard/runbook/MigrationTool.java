// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A migration tool, as the operators of the runbook meet it: its program, and what may happen. */
interface MigrationTool {

  /** What the command line is called. */
  String name();

  /** The tool's own command line. */
  Program program();

  /** Lays out the release: its migrations, and its applications' jars. */
  void layOut(Path folder) throws IOException;

  /** Applies all migrations after the one of number {@code from} up to {@code to}. */
  void migrate(Path folder, TestDatabase database, int from, int to) throws Exception;

  /** The tables that hold the history and the lock. */
  String tables();

  /**
   * Leaves a lock that nobody needs any more.
   *
   * @return the session that holds it; null if none does
   */
  Connection leaveLock(TestDatabase database) throws SQLException;

  /** Takes a migration out of the record; what it did stays. */
  void forget(TestDatabase database, int number) throws SQLException;
}
