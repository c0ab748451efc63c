// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.TenantsStatus;
import java.time.Duration;
import java.util.Objects;

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
    if (status.compatible()) {
      output.print("version   " + name(status));
      output.print("database  " + Objects.requireNonNullElse(status.database(), "unknown"));
    }
    TenantsStatus tenants = status.tenants();
    if (tenants != null && tenants.count() > 0) {
      new TenantsText(output).print(tenants);
    }
    Problem problem = status.problem();
    if (problem != null) {
      output.print(problem.text(headline(status), null));
    }
    MigrationLock lock = status.migrationLock();
    if (lock != null) {
      output.print("lock      " + text(lock));
    }
    status.notes().forEach(note -> output.print("note      " + note));
  }

  private static String headline(MigrationStatus status) {
    return status.verdict().isTold()
        ? name(status) + " must not run on this database"
        : "Nobody can tell whether " + name(status) + " may run on this database";
  }

  static String name(MigrationStatus status) {
    return (status.application() == null ? "the application" : status.application())
        + (status.appVersion() == null ? "" : " " + status.appVersion());
  }

  static String text(MigrationLock lock) {
    Duration age = lock.age();
    return lock.text()
        + (age == null || age.isNegative()
            ? ""
            : ", " + DurationText.rough(age) + " ago by the database's clock")
        + (lock.stale() ? ", stale: over 26 hours old" : "");
  }
}
