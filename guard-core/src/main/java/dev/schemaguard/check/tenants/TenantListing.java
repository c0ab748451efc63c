// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.status.MigrationStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tenants to check, or the status that says why there is nothing to check.
 *
 * @param failure null if there are tenants
 */
record TenantListing(List<Tenant> tenants, @Nullable MigrationStatus failure) {

  /** Returns the listing of these tenants. */
  static TenantListing of(List<Tenant> tenants) {
    return new TenantListing(tenants, null);
  }

  /** Returns the listing that ends with a status. */
  static TenantListing without(MigrationStatus status) {
    return new TenantListing(List.of(), status);
  }
}
