// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.util.List;

/**
 * What one tenant comes to, for the question that was asked.
 *
 * @param exitCode 0 if all is well, else the frozen code
 * @param reason why, in one sentence
 * @param actions as {@link Preflight} has them
 * @param cannotRestart as {@link Preflight} has it
 */
record TenantResult(
    MigrationStatus status,
    int exitCode,
    String reason,
    List<String> actions,
    List<String> cannotRestart) {

  /** The answer of a check. */
  static TenantResult of(MigrationStatus status) {
    return new TenantResult(status, status.exitCode(), status.summary(), List.of(), List.of());
  }

  /** The answer of a preflight. */
  static TenantResult of(Preflight preflight) {
    return new TenantResult(
        preflight.status(),
        preflight.exitCode(),
        preflight.reason(),
        preflight.actions(),
        preflight.cannotRestart());
  }

  /** Whether there is nothing to tell. */
  boolean isUsual() {
    return status.verdict() == Verdict.UP_TO_DATE && exitCode == 0;
  }
}
