// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.check.Database;
import dev.schemaguard.check.HistoryCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * The tenants that have a database each, as they were listed last. A tenant that is listed again
 * with the same database is the same one, because its database and its check remember what happened
 * before. Thread-safe.
 */
final class TenantDatabases {

  /** A tenant whose database was described by {@code origin}. */
  private record Known(Object origin, Tenant tenant) {}

  private final Supplier<HistoryCheck> checks;
  private final List<UnaryOperator<DataSource>> views = new ArrayList<>();
  private Map<String, Known> known = new HashMap<>();

  /**
   * Creates an empty collection.
   *
   * @param checks creates the check of one database's history
   */
  TenantDatabases(Supplier<HistoryCheck> checks) {
    this.checks = checks;
  }

  /**
   * Returns the tenants with these databases, in their order, and forgets all others.
   *
   * @param origins what describes each database, by the tenants' names
   * @param connector returns the database for a name; called only for one that is new or has
   *     changed
   */
  synchronized <O> List<Tenant> of(Map<String, O> origins, Connector<O> connector) {
    Map<String, Known> now = new HashMap<>();
    List<Tenant> tenants = new ArrayList<>(origins.size());
    origins.forEach(
        (name, origin) -> {
          Known before = known.get(name);
          Known same =
              before != null && before.origin().equals(origin)
                  ? before
                  : new Known(origin, tenant(name, connector.connect(name, origin)));
          now.put(name, same);
          tenants.add(same.tenant());
        });
    known.values().stream()
        .filter(before -> !now.containsValue(before))
        .forEach(before -> before.tenant().database().endIdleThreads());
    known = now;
    return tenants;
  }

  /** Returns the database of a tenant. */
  interface Connector<O> {
    DataSource connect(String name, O origin);
  }

  private Tenant tenant(String name, DataSource dataSource) {
    Database database = new Database(dataSource);
    views.forEach(database::borrowThrough);
    return new Tenant(name, database, checks.get());
  }

  /** Borrows connections through a view of each data source from now on, also of those to come. */
  synchronized void borrowThrough(UnaryOperator<DataSource> view) {
    views.add(view);
    databases().forEach(each -> each.borrowThrough(view));
  }

  /** Ends the threads that wait for the next task. */
  synchronized void endIdleThreads() {
    databases().forEach(Database::endIdleThreads);
  }

  private Collection<Database> databases() {
    return known.values().stream().map(each -> each.tenant().database()).toList();
  }
}
