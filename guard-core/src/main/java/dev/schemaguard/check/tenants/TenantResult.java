// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.Preflight.Connected;
import dev.schemaguard.preflight.Preflight.Requirement;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.util.List;

/**
 * The result for one tenant, for the query that was made.
 *
 * @param exitCode 0 if there is no problem, else the fixed exit code
 * @param reason why, in one sentence
 * @param actions the actions, as in {@link Preflight}
 * @param cannotRestart the versions that cannot restart, as in {@link Preflight}
 * @param connected the connected versions, as in {@link Preflight}
 * @param requires what pending revisions require, as in {@link Preflight}
 */
record TenantResult(
    MigrationStatus status,
    int exitCode,
    String reason,
    List<String> actions,
    List<String> cannotRestart,
    Connected connected,
    List<Requirement> requires) {

  /** Returns the result of a check. */
  static TenantResult of(MigrationStatus status) {
    return new TenantResult(
        status,
        status.exitCode(),
        status.summary(),
        List.of(),
        List.of(),
        Connected.NOT_READ,
        List.of());
  }

  /** Returns the result of a preflight. */
  static TenantResult of(Preflight preflight) {
    return new TenantResult(
        preflight.status(),
        preflight.exitCode(),
        preflight.reason(),
        preflight.actions(),
        preflight.cannotRestart(),
        preflight.connected(),
        preflight.requires());
  }

  /** Returns whether there is nothing to report. */
  boolean isUsual() {
    return status.verdict() == Verdict.UP_TO_DATE && exitCode == 0;
  }
}
