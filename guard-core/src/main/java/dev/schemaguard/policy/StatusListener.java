// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

import dev.schemaguard.status.MigrationStatus;

/** Receives every change of the verdict; with tenants, every change of any tenant's verdict. */
@FunctionalInterface
public interface StatusListener {

  /**
   * Called when the verdict has changed, on a thread of the guard, one change after the other, in
   * their order. Exceptions are logged. The status continues to be refreshed while this runs.
   *
   * @param before the last status with the former verdict
   * @param now the first status with the new one
   */
  void verdictChanged(MigrationStatus before, MigrationStatus now);
}
