// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;

/** A status on a terminal. */
final class StatusText {

  private final Output output;

  StatusText(Output output) {
    this.output = output;
  }

  void print(MigrationStatus status) {
    if (output.isJson()) {
      output.printRaw(status.toJson());
      return;
    }
    String headline = (status.compatible() ? "✔ " : "✖ ") + status.summary();
    output.print(output.coloured(status.compatible(), headline));
    Problem problem = status.problem();
    if (problem != null) {
      output.print(problem.text(name(status) + " must not run on this database", null));
    }
    MigrationLock lock = status.migrationLock();
    if (lock != null) {
      output.print("lock      " + text(lock));
    }
    status.notes().forEach(note -> output.print("note      " + note));
  }

  static String name(MigrationStatus status) {
    return (status.application() == null ? "the application" : status.application())
        + (status.appVersion() == null ? "" : " " + status.appVersion());
  }

  static String text(MigrationLock lock) {
    return "held by "
        + (lock.holder() == null ? "somebody" : lock.holder())
        + (lock.since() == null ? "" : " since " + lock.since() + " (" + lock.clock() + ")")
        + (lock.stale() ? ", stale: over 26 hours old" : "");
  }
}
