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
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.TenantProgress;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.tool.ManyHistories;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<String, Database> databases;
  private final Function<@Nullable String, HistoryCheck> checks;
  private final ManyHistories histories;
  private final TenantProgress progress;
  private final ThreadFactory threads;
  private final boolean ownMigrator;
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
      boolean ownMigrator) {
    this.database = database;
    this.tenants = tenants;
    this.databases = databases(tenants);
    this.checks = new Remembered(checks);
    this.histories = histories;
    this.progress = progress;
    this.threads = threads;
    this.ownMigrator = ownMigrator;
  }

  /** Returns the databases of the tenants that have one each; empty if all are in one. */
  private static Map<String, Database> databases(Tenants tenants) {
    Map<String, Database> all = new LinkedHashMap<>();
    if (tenants instanceof Tenants.Databases each) {
      each.byName().forEach((name, dataSource) -> all.put(name, new Database(dataSource)));
    }
    return all;
  }

  /** Keeps one check for each schema, because each remembers whether it was compatible. */
  private static final class Remembered implements Function<@Nullable String, HistoryCheck> {

    private final Function<@Nullable String, HistoryCheck> checks;
    private final Map<String, HistoryCheck> known = new ConcurrentHashMap<>();

    Remembered(Function<@Nullable String, HistoryCheck> checks) {
      this.checks = checks;
    }

    @Override
    public HistoryCheck apply(@Nullable String schema) {
      return schema == null ? checks.apply(null) : known.computeIfAbsent(schema, checks);
    }
  }

  /** The tenants, or the status that says why they cannot be determined. */
  private record TenantListing(List<Tenant> tenants, @Nullable MigrationStatus failure) {}

  /** The query that is made for a history. */
  @FunctionalInterface
  private interface TenantCheck {
    TenantResult ask(HistoryCheck check, DatabaseSession session, Stopwatch watch) throws SQLException;
  }

  @Override
  public CheckResult run(Assessor assessor, Duration timeout, boolean alwaysLock) {
    Stopwatch watch = Stopwatch.start();
    TenantListing listing = listing(assessor, timeout, watch);
    MigrationStatus status = listing.failure();
    if (status == null) {
      TenantBatch survey =
          survey(
              listing,
              assessor,
              timeout,
              (check, session, begun) ->
                  TenantResult.of(check.answer(session, assessor, alwaysLock, begun).status()));
      boolean inOne = areInOneDatabase();
      status = (inOne ? survey.ofAll(histories) : survey.ofEach()).status(watch);
    }
    return CheckResult.none(status, watch.nanos()).inDatabase(commonDatabase());
  }

  private boolean areInOneDatabase() {
    return !(tenants instanceof Tenants.Databases);
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
    TenantListing listing = listing(assessor, timeout, watch);
    MigrationStatus failure = listing.failure();
    return failure != null
        ? failure
        : survey(
                listing,
                assessor,
                timeout,
                (check, session, begun) ->
                    TenantResult.of(check.beforeMigration(session, assessor, begun)))
            .ofEach()
            .status(watch);
  }

  @Override
  public Preflight preflight(Assessor assessor, Duration timeout, boolean sharedSchema) {
    Stopwatch watch = Stopwatch.start();
    TenantListing listing = listing(assessor, timeout, watch);
    MigrationStatus failure = listing.failure();
    return failure != null
        ? Preflight.of(failure)
        : survey(
                listing,
                assessor,
                timeout,
                (check, session, begun) ->
                    TenantResult.of(check.preflight(session, assessor, sharedSchema, begun)))
            .ofEach()
            .preflight(watch);
  }

  @Override
  public ConnectedVersions fleet(Duration timeout) {
    return areInOneDatabase()
        ? database.fleet(timeout)
        : ConnectedVersions.unseen("the tenants have a database each; ask a guard of each one");
  }

  private TenantBatch survey(
      TenantListing listing, Assessor assessor, Duration timeout, TenantCheck inquiry) {
    TenantReader.TenantQuery question =
        new TenantReader.TenantQuery() {
          @Override
          public TenantResult ask(HistoryCheck check, DatabaseSession session) throws SQLException {
            TenantResult answer = inquiry.ask(check, session, Stopwatch.start());
            grace = check.grace();
            return answer;
          }

          @Override
          public Optional<TenantResult> ask(HistoryCheck check, History history) {
            return Optional.of(check.of(history, assessor, Stopwatch.start()))
                .filter(status -> WITHOUT_LOCK.contains(status.verdict()))
                .map(TenantResult::of);
          }

          @Override
          public TenantResult without(HistoryCheck check, ConnectionFailure obstacle) {
            return TenantResult.of(
                Preflight.of(check.unreachable(assessor, obstacle, Stopwatch.start())));
          }
        };
    return new TenantBatch(listing.tenants(), question, timeout, progress, threads);
  }

  private TenantListing listing(Assessor assessor, Duration timeout, Stopwatch watch) {
    if (!areInOneDatabase()) {
      List<Tenant> all = new ArrayList<>();
      databases.forEach((name, each) -> all.add(new Tenant(name, each, checks.apply(null))));
      return new TenantListing(all, null);
    }
    return database.ask(
        timeout,
        session -> listing(session, assessor, watch),
        obstacle -> failed(checks.apply(null).unreachable(assessor, obstacle, watch), watch));
  }

  private TenantListing listing(
      DatabaseSession session, Assessor assessor, Stopwatch watch)
      throws SQLException {
    try {
      List<Tenant> all = new ArrayList<>();
      for (String name : new TenantSchemas(session, ownMigrator).names(tenants)) {
        all.add(new Tenant(name, database, checks.apply(name)));
      }
      if (all.isEmpty()) {
        return new TenantListing(List.of(), noneYet(session, assessor, watch));
      }
      return new TenantListing(all, null);
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      session.recover();
      Unreadable unreadable =
          new Unreadable(
              new HistoryPlace("", session.dbms(), null, "history"),
              Cause.QUERY,
              "the schemas of the tenants cannot be listed: " + Database.message(e),
              List.of("Correct the query schemas-from, or grant the role what it selects from."));
      return failed(
          checks.apply(null).answer(session, assessor.assess(unreadable), false, watch).status(),
          watch);
    }
  }

  /** Returns the status for an application that creates its tenants and has none so far. */
  private MigrationStatus noneYet(DatabaseSession session, Assessor assessor, Stopwatch watch)
      throws SQLException {
    Absent absent = new Absent(new HistoryPlace("", session.dbms(), null, "history"));
    MigrationStatus status =
        checks.apply(null).answer(session, assessor.assess(absent), false, watch).status();
    return TenantsStatus.noneYet(status, watch.begin(), watch.elapsed());
  }

  private static TenantListing failed(MigrationStatus status, Stopwatch watch) {
    return new TenantListing(List.of(), ofNobody(status, watch));
  }

  /** Returns a status with no known tenants. */
  private static MigrationStatus ofNobody(MigrationStatus status, Stopwatch watch) {
    TenantsStatus none = new TenantsStatus(0, 0, Map.of(), List.of());
    return none.over(status, watch.begin(), watch.elapsed());
  }

  @Override
  public MigrationStatus unreachable(Assessor assessor, ConnectionFailure obstacle) {
    Stopwatch watch = Stopwatch.start();
    return ofNobody(checks.apply(null).unreachable(assessor, obstacle, watch), watch);
  }

  @Override
  public void borrowThrough(UnaryOperator<DataSource> view) {
    database.borrowThrough(view);
    databases.values().forEach(each -> each.borrowThrough(view));
  }

  @Override
  public void endIdleThreads() {
    database.endIdleThreads();
  }

  @Override
  public Duration grace() {
    return grace;
  }
}
