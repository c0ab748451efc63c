// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ConnectionFailure;
import dev.schemaguard.check.BoundedConnectionTask;
import dev.schemaguard.check.Database;
import dev.schemaguard.check.HistoryCheck;
import dev.schemaguard.check.Stopwatch;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.tenants.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists the tenants of a guard.
 *
 * @param database the database of the tenants that are schemas
 * @param databases the tenants that have a database each
 * @param checks returns the check of the history in a schema; null means the current schema
 * @param ownMigrator whether the application migrates its tenants itself, so that there may be none
 *     before it creates the first
 */
record TenantLister(
    Database database,
    Tenants tenants,
    TenantDatabases databases,
    Function<@Nullable String, HistoryCheck> checks,
    boolean ownMigrator) {

  /** Returns the tenants, or the status that says why they cannot be listed. */
  TenantListing list(Assessor assessor, Duration timeout, Stopwatch watch) {
    if (tenants instanceof Tenants.Databases each) {
      return TenantListing.of(
          databases.of(each.byName(), (name, dataSource) -> requireNonNull(dataSource)));
    }
    if (tenants instanceof Tenants.QueriedDatabases queried) {
      return list(queried, assessor, timeout, watch);
    }
    return ask(
        assessor,
        timeout,
        watch,
        "schemas",
        session -> {
          List<Tenant> all = new ArrayList<>();
          for (String name : new TenantSchemas(session, ownMigrator).names(tenants)) {
            all.add(new Tenant(name, database, checks.apply(name)));
          }
          return all.isEmpty()
              ? TenantListing.without(noneYet(session, assessor, watch))
              : TenantListing.of(all);
        });
  }

  /** Lists the databases; their DataSources are created after the query's connection is back. */
  private TenantListing list(
      Tenants.QueriedDatabases queried, Assessor assessor, Duration timeout, Stopwatch watch) {
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    TenantListing failed =
        ask(
            assessor,
            timeout,
            watch,
            "databases",
            session -> {
              Map<String, Map<String, String>> read =
                  new ListedDatabases(session, ownMigrator).rows(queried);
              if (read.isEmpty()) {
                return TenantListing.without(noneYet(session, assessor, watch));
              }
              rows.putAll(read);
              return TenantListing.of(List.of());
            });
    if (failed.failure() != null) {
      return failed;
    }
    return TenantListing.of(
        databases.of(
            rows,
            (name, row) ->
                requireNonNull(
                    queried.connector().apply(Collections.unmodifiableMap(row)),
                    "connector's DataSource")));
  }

  /** Returns the listing that a query on the guard's own database gives, or why it gives none. */
  private TenantListing ask(
      Assessor assessor,
      Duration timeout,
      Stopwatch watch,
      String listed,
      BoundedConnectionTask.Work<TenantListing> query) {
    return database.ask(
        timeout,
        session -> {
          try {
            return query.on(session);
          } catch (SQLException e) {
            if (session.meaning(e).isWithoutResult()) {
              throw e;
            }
            session.recoverFrom(e);
            return TenantListing.without(unlisted(session, assessor, watch, listed, e));
          }
        },
        failure -> TenantListing.without(unreachable(assessor, failure, watch)));
  }

  private MigrationStatus unlisted(
      DatabaseSession session,
      Assessor assessor,
      Stopwatch watch,
      String listed,
      SQLException refusal)
      throws SQLException {
    Unreadable unreadable =
        new Unreadable(
            new HistoryPlace("", session.dbms(), null, "history"),
            Cause.QUERY,
            "the " + listed + " of the tenants cannot be listed: " + Database.message(refusal),
            List.of(
                "Correct the query " + listed + "-from, or grant the role what it selects from."));
    return withoutTenants(status(session, assessor, unreadable, watch), watch);
  }

  /** Returns the status for an application that creates its tenants and has none so far. */
  private MigrationStatus noneYet(DatabaseSession session, Assessor assessor, Stopwatch watch)
      throws SQLException {
    Absent absent = new Absent(new HistoryPlace("", session.dbms(), null, "history"));
    return TenantsStatus.noneYet(
        status(session, assessor, absent, watch), watch.begin(), watch.elapsed());
  }

  /** Returns the status if there is no connection. */
  MigrationStatus unreachable(Assessor assessor, ConnectionFailure failure, Stopwatch watch) {
    return withoutTenants(checks.apply(null).unreachable(assessor, failure, watch), watch);
  }

  private MigrationStatus status(
      DatabaseSession session, Assessor assessor, HistoryResult reading, Stopwatch watch)
      throws SQLException {
    return checks.apply(null).check(session, assessor.assess(reading), false, watch).status();
  }

  /** Returns a status with no known tenants. */
  private static MigrationStatus withoutTenants(MigrationStatus status, Stopwatch watch) {
    return new TenantsStatus(0, 0, Map.of(), List.of())
        .over(status, watch.begin(), watch.elapsed());
  }
}
