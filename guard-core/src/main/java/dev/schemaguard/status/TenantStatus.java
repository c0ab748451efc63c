// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import dev.schemaguard.matrix.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * How one tenant stands. Immutable.
 *
 * @param tenant the tenant's name, that is its schema's or, where each has a database, the name
 *     that the application gave it; null where details are hidden
 * @param status its status
 */
public record TenantStatus(@Nullable String tenant, MigrationStatus status) {

  /** Makes the name {@linkplain VisibleText visible}. */
  public TenantStatus {
    tenant = VisibleText.ofNullable(tenant);
  }

  /** The same without what tells of the place. */
  TenantStatus redacted() {
    return new TenantStatus(null, status.redacted());
  }
}
