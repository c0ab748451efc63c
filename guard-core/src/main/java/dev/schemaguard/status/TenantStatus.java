// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import dev.schemaguard.text.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * The status of one tenant. Immutable.
 *
 * @param tenant the tenant's name: its schema or, if each tenant has a database, the name that the
 *     application gave it; null if details are hidden
 * @param status its status
 */
public record TenantStatus(@Nullable String tenant, MigrationStatus status) {

  /** Makes the name {@linkplain VisibleText visible}. */
  public TenantStatus {
    tenant = VisibleText.ofNullable(tenant);
  }

  /** Returns the same status without anything that reveals the location. */
  TenantStatus redacted() {
    return new TenantStatus(null, status.redacted());
  }
}
