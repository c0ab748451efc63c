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
 * The queries that a guard makes: to one database, or to many tenants as if they were one. Each
 * query ends within its timeout, or within twice the timeout if it is to many databases of which
 * some do not respond. Each throws {@link ConfigurationException} if matrix and history cannot be
 * compared. Thread-safe.
 */
public interface Check {

  /**
   * Returns the check result for {@code assessor}, from the whole history.
   *
   * @param alwaysLock whether to look for a lock even if the schema is up to date
   */
  CheckResult run(Assessor assessor, Duration timeout, boolean alwaysLock);

  /**
   * Returns the check result for {@code assessor}: the last one again if a change token shows that
   * it is still valid.
   *
   * @param last the last known result; null to run a full check
   */
  CheckResult refresh(Assessor assessor, Duration timeout, @Nullable CheckResult last);

  /**
   * Returns the check that one wait repeats. By default it is {@link #run} with a look for a lock.
   */
  default Repeated repeated() {
    return (assessor, timeout) -> run(assessor, timeout, true);
  }

  /** The check that a wait repeats. It may remember what its last run found. */
  @FunctionalInterface
  interface Repeated {
    /** Returns the result now; it ends within the timeout. */
    CheckResult run(Assessor assessor, Duration timeout);
  }

  /**
   * Returns the status of a database that the application is about to migrate. It is BEHIND or
   * UNINITIALIZED only if a migration fixes everything.
   */
  MigrationStatus beforeMigration(Assessor assessor, Duration timeout);

  /**
   * Returns whether the database can be migrated for {@code assessor}'s version.
   *
   * @param sharedSchema whether tables of other applications are expected in the schema
   */
  Preflight preflight(Assessor assessor, Duration timeout, boolean sharedSchema);

  /** Returns the versions that are connected to the database, as far as they can be seen. */
  ConnectedVersions connectedVersions(Duration timeout);

  /** Returns the status of a database that cannot be queried. */
  MigrationStatus unreachable(Assessor assessor, ConnectionFailure failure);

  /** Borrows connections through a view of each data source from now on. */
  void borrowThrough(UnaryOperator<DataSource> view);

  /** Ends the threads that wait for the next query, and waits briefly for their end. */
  void endIdleThreads();

  /** Returns the grace period of the reader; see {@link HistoryReader#grace}. */
  Duration grace();
}
