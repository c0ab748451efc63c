// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

import dev.schemaguard.status.MigrationStatus;

/** Hears of every change of the verdict; where there are tenants, of that of any. */
@FunctionalInterface
public interface StatusListener {

  /**
   * The verdict has changed. Called on a thread of the guard, one change after the other, in their
   * order. What it throws is logged; while it runs the status goes on being refreshed.
   *
   * @param before the last status of the former verdict
   * @param now the first of the new one
   */
  void verdictChanged(MigrationStatus before, MigrationStatus now);
}
