// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ConnectionFailure;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a guard can ask: of one database, or of many tenants as if they were one. Each question ends
 * within its timeout, and each throws {@link ConfigurationException} if matrix and history cannot
 * be compared. Thread-safe.
 */
public interface Check {

  /**
   * The answer for {@code assessor}, from the whole history.
   *
   * @param alwaysLock whether a lock is looked for even if the schema is up to date
   */
  CheckResult run(Assessor assessor, Duration timeout, boolean alwaysLock);

  /**
   * The answer for {@code assessor}: the last one once more, where a change token tells that it
   * still holds.
   */
  CheckResult refresh(Assessor assessor, Duration timeout, @Nullable CheckResult last);

  /**
   * The status of what the application is about to migrate: BEHIND and UNINITIALIZED only where a
   * migration cures everything.
   */
  MigrationStatus beforeMigration(Assessor assessor, Duration timeout);

  /**
   * Whether it may be migrated for {@code assessor}'s version.
   *
   * @param sharedSchema whether tables of others are expected in the schema
   */
  Preflight preflight(Assessor assessor, Duration timeout, boolean sharedSchema);

  /** What is connected to the database, as far as it can be seen. */
  ConnectedVersions fleet(Duration timeout);

  /** The status of what cannot be asked. */
  MigrationStatus unreachable(Assessor assessor, ConnectionFailure obstacle);

  /** Borrows connections through a view of each data source from now on. */
  void borrowThrough(UnaryOperator<DataSource> view);

  /** Ends the threads that wait for the next question, and waits a moment for their end. */
  void endIdleThreads();

  /** As {@link HistoryReader#grace} says. */
  Duration grace();
}
