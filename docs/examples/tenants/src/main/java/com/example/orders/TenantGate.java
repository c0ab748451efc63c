// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantStatus;
import dev.schemaguard.status.TenantsStatus;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Decides which tenants may be served, from the guard's status. Thread-safe. */
final class TenantGate {

  private final SchemaGuard guard;
  private final Set<String> checked = ConcurrentHashMap.newKeySet();

  /**
   * Creates the gate.
   *
   * @param existing the schemas that existed before the guard's last check
   */
  TenantGate(SchemaGuard guard, Collection<String> existing) {
    this.guard = guard;
    checked.addAll(existing);
  }

  /**
   * Returns why a tenant must not be served, or empty if it may be.
   *
   * @param schema an existing schema
   */
  Optional<String> objection(String schema) {
    MigrationStatus status = statusWith(schema);
    TenantsStatus tenants = status.tenants();
    if (tenants == null) {
      return Optional.of(status.summary());
    }
    for (TenantStatus tenant : tenants.worst()) {
      if (schema.equals(tenant.tenant()) && !tenant.status().compatible()) {
        return Optional.of(tenant.status().summary());
      }
    }
    return Optional.empty();
  }

  /**
   * Returns a status of a check that included the schema. A status names only the tenants that are
   * not up to date, so a tenant that is newer than the last check would look up to date.
   */
  private MigrationStatus statusWith(String schema) {
    if (checked.contains(schema)) {
      return guard.status();
    }
    MigrationStatus status = guard.check();
    if (status.tenants() != null) {
      checked.add(schema);
    }
    return status;
  }
}
