// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ConnectionFailure;
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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists the tenants of a guard.
 *
 * @param database the database of the tenants that are schemas
 * @param databases the databases of the tenants that have one each; empty if all are in one
 * @param checks returns the check of the history in a schema; null means the current schema
 * @param ownMigrator whether the application migrates its tenants itself, so that there may be none
 *     before it creates the first
 */
record TenantLister(
    Database database,
    Tenants tenants,
    Map<String, Database> databases,
    Function<@Nullable String, HistoryCheck> checks,
    boolean ownMigrator) {

  /** Returns the tenants, or the status that says why they cannot be listed. */
  TenantListing list(Assessor assessor, Duration timeout, Stopwatch watch) {
    if (tenants instanceof Tenants.Databases) {
      List<Tenant> all = new ArrayList<>();
      databases.forEach((name, each) -> all.add(new Tenant(name, each, checks.apply(null))));
      return TenantListing.of(all);
    }
    return database.ask(
        timeout,
        session -> list(session, assessor, watch),
        failure -> TenantListing.without(unreachable(assessor, failure, watch)));
  }

  private TenantListing list(DatabaseSession session, Assessor assessor, Stopwatch watch)
      throws SQLException {
    try {
      List<Tenant> all = new ArrayList<>();
      for (String name : new TenantSchemas(session, ownMigrator).names(tenants)) {
        all.add(new Tenant(name, database, checks.apply(name)));
      }
      if (all.isEmpty()) {
        return TenantListing.without(noneYet(session, assessor, watch));
      }
      return TenantListing.of(all);
    } catch (SQLException e) {
      if (session.meaning(e).isWithoutResult()) {
        throw e;
      }
      session.recoverFrom(e);
      Unreadable unreadable =
          new Unreadable(
              new HistoryPlace("", session.dbms(), null, "history"),
              Cause.QUERY,
              "the schemas of the tenants cannot be listed: " + Database.message(e),
              List.of("Correct the query schemas-from, or grant the role what it selects from."));
      return TenantListing.without(
          withoutTenants(status(session, assessor, unreadable, watch), watch));
    }
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
