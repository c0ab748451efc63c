// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ConnectionFailure;
import dev.schemaguard.check.Check;
import dev.schemaguard.check.CheckResult;
import dev.schemaguard.check.Database;
import dev.schemaguard.check.HistoryCheck;
import dev.schemaguard.check.Stopwatch;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.TenantProgress;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.tool.ManyHistories;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Checks the histories of many tenants and reports them as one result: that of the worst tenant,
 * with the results of all the others.
 */
public final class TenantsCheck implements Check {

  /** The verdicts for which neither a lock nor another read makes a difference. */
  private static final Set<Verdict> WITHOUT_LOCK =
      Set.of(
          Verdict.UP_TO_DATE, Verdict.BEHIND, Verdict.BEHIND_COMPATIBLE, Verdict.AHEAD_COMPATIBLE);

  private final Database database;
  private final Tenants tenants;
  private final TenantDatabases databases;
  private final TenantLister lister;
  private final ManyHistories histories;
  private final TenantProgress progress;
  private final ThreadFactory threads;
  private final TenantStructures structures;
  private volatile Duration grace = Duration.ZERO;

  /**
   * Creates a check of {@code tenants}.
   *
   * @param database the database of the tenants that are schemas
   * @param checks returns the check of the history in a schema; null means the current schema
   * @param ownMigrator whether the application migrates its tenants itself, so that there may be
   *     none before it creates the first
   */
  public TenantsCheck(
      Database database,
      Tenants tenants,
      Function<@Nullable String, HistoryCheck> checks,
      ManyHistories histories,
      TenantProgress progress,
      ThreadFactory threads,
      TenantStructures structures,
      boolean ownMigrator) {
    this.database = database;
    this.tenants = tenants;
    this.databases = new TenantDatabases(() -> checks.apply(null));
    this.lister =
        new TenantLister(database, tenants, databases, new RememberedChecks(checks), ownMigrator);
    this.histories = histories;
    this.progress = progress;
    this.threads = threads;
    this.structures = structures;
  }

  /** The query that is made for a history. */
  @FunctionalInterface
  private interface TenantCheck {
    TenantResult ask(HistoryCheck check, DatabaseSession session, Stopwatch watch)
        throws SQLException;
  }

  @Override
  public CheckResult run(Assessor assessor, Duration timeout, boolean alwaysLock) {
    Stopwatch watch = Stopwatch.start();
    TenantListing listing = lister.list(assessor, timeout, watch);
    MigrationStatus status = listing.failure();
    if (status == null) {
      TenantBatch batch =
          batch(listing.tenants(), assessor, timeout, checking(assessor, alwaysLock));
      status =
          (areInOneDatabase()
                  ? batch.ofAll(histories)
                  : batch.ofEachDatabase(TimeBudget.of(timeout), Map.of()))
              .status(watch);
    }
    return CheckResult.none(status, watch.nanos()).inDatabase(commonDatabase());
  }

  private static TenantCheck checking(Assessor assessor, boolean alwaysLock) {
    return (history, session, begun) ->
        TenantResult.of(history.check(session, assessor, alwaysLock, begun).status());
  }

  @Override
  public Repeated repeated() {
    return areInOneDatabase() ? Check.super.repeated() : new RemainingTenants(this);
  }

  /** Returns the result of one run of a wait, in which only the remaining tenants are queried. */
  CheckResult repeat(Assessor assessor, Duration timeout, RemainingTenants remaining) {
    Stopwatch watch = Stopwatch.start();
    TenantListing listing = lister.list(assessor, timeout, watch);
    MigrationStatus failure = listing.failure();
    if (failure != null) {
      return CheckResult.none(failure, watch.nanos());
    }
    TenantBatch batch =
        batch(remaining.ordered(listing.tenants()), assessor, timeout, checking(assessor, true));
    MigrationStatus status =
        batch
            .ofEachDatabase(TimeBudget.within(timeout), remaining.known(), remaining::take)
            .status(watch);
    return CheckResult.none(status, watch.nanos());
  }

  private boolean areInOneDatabase() {
    return !(tenants instanceof Tenants.Databases)
        && !(tenants instanceof Tenants.QueriedDatabases);
  }

  /** Returns the name of the database that holds all tenants; null if each has its own. */
  private @Nullable String commonDatabase() {
    return areInOneDatabase() ? database.name() : null;
  }

  /**
   * Runs a full check, because no token represents many histories at once, and most of them are
   * never read.
   */
  @Override
  public CheckResult refresh(Assessor assessor, Duration timeout, @Nullable CheckResult last) {
    return run(assessor, timeout, false);
  }

  @Override
  public MigrationStatus beforeMigration(Assessor assessor, Duration timeout) {
    Stopwatch watch = Stopwatch.start();
    TenantListing listing = lister.list(assessor, timeout, watch);
    MigrationStatus failure = listing.failure();
    return failure != null
        ? failure
        : each(
                listing,
                assessor,
                timeout,
                (history, session, begun) ->
                    TenantResult.of(history.beforeMigration(session, assessor, begun)))
            .status(watch);
  }

  @Override
  public Preflight preflight(Assessor assessor, Duration timeout, boolean sharedSchema) {
    Stopwatch watch = Stopwatch.start();
    TenantListing listing = lister.list(assessor, timeout, watch);
    MigrationStatus failure = listing.failure();
    if (failure != null) {
      return Preflight.of(failure);
    }
    // The connections are those of a database, so all tenants of one database have the same.
    boolean inOne = areInOneDatabase();
    ConnectedVersions common = inOne ? database.connectedVersions(timeout) : null;
    return each(
            listing,
            assessor,
            timeout,
            (history, session, begun) ->
                TenantResult.of(history.preflight(session, assessor, sharedSchema, common, begun)))
        .preflight(inOne, watch);
  }

  private TenantSummary each(
      TenantListing listing, Assessor assessor, Duration timeout, TenantCheck tenantCheck) {
    TenantBatch batch = batch(listing.tenants(), assessor, timeout, tenantCheck);
    return areInOneDatabase()
        ? batch.ofEach()
        : batch.ofEachDatabase(TimeBudget.of(timeout), Map.of());
  }

  @Override
  public ConnectedVersions connectedVersions(Duration timeout) {
    return areInOneDatabase()
        ? database.connectedVersions(timeout)
        : ConnectedVersions.unseen(
            "the tenants have a database each; preflight() shows the versions in all of them");
  }

  private TenantBatch batch(
      List<Tenant> listed, Assessor assessor, Duration timeout, TenantCheck tenantCheck) {
    TenantReader.TenantQuery query =
        new TenantReader.TenantQuery() {
          @Override
          public TenantResult ask(HistoryCheck check, DatabaseSession session) throws SQLException {
            TenantResult result = tenantCheck.ask(check, session, Stopwatch.start());
            grace = check.grace();
            return result;
          }

          @Override
          public Optional<TenantResult> ask(HistoryCheck check, History history) {
            return Optional.of(check.of(history, assessor, Stopwatch.start()))
                .filter(status -> WITHOUT_LOCK.contains(status.verdict()))
                .map(TenantResult::of);
          }

          @Override
          public TenantResult without(HistoryCheck check, ConnectionFailure failure) {
            return TenantResult.of(
                Preflight.of(check.unreachable(assessor, failure, Stopwatch.start())));
          }
        };
    return new TenantBatch(listed, query, timeout, progress, threads, structures);
  }

  @Override
  public MigrationStatus unreachable(Assessor assessor, ConnectionFailure failure) {
    Stopwatch watch = Stopwatch.start();
    return lister.unreachable(assessor, failure, watch);
  }

  @Override
  public void borrowThrough(UnaryOperator<DataSource> view) {
    database.borrowThrough(view);
    databases.borrowThrough(view);
  }

  @Override
  public void endIdleThreads() {
    database.endIdleThreads();
    databases.endIdleThreads();
  }

  @Override
  public Duration grace() {
    return grace;
  }
}
