// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.TenantsStatus;
import java.time.Duration;
import java.util.Objects;

/** Prints a status on a terminal. */
final class StatusText {

  private static final int LABEL = 10;

  private final Output output;

  StatusText(Output output) {
    this.output = output;
  }

  void print(MigrationStatus status) {
    if (output.isJson()) {
      output.printRaw(status.toJson());
      return;
    }
    Problem problem = status.problem();
    TenantsStatus tenants = status.tenants();
    if (tenants != null && tenants.count() == 0) {
      tenants = null;
    }
    if (tenants != null) {
      output.printAnswer(status.compatible(), sign(status) + tenants.headline());
    } else if (problem == null || status.error() == null) {
      output.printAnswer(status.compatible(), sign(status) + status.summary());
    }
    if (status.compatible()) {
      output.printLine("version", LABEL, output.named(name(status)));
      output.printLine("database", LABEL, Objects.requireNonNullElse(status.database(), "unknown"));
    }
    if (tenants != null) {
      new TenantsText(output).print(tenants);
    }
    if (problem != null) {
      print(problem, status, tenants != null);
    }
    MigrationLock lock = status.migrationLock();
    if (lock != null) {
      output.printLine("lock", LABEL, text(lock));
    }
    status.notes().forEach(note -> output.printLine("note", LABEL, note));
  }

  /** The error is already part of the problem, so only the problem is printed as the result. */
  private void print(Problem problem, MigrationStatus status, boolean answered) {
    String text = problem.text(headline(status), null);
    if (answered || status.error() == null) {
      output.print(text);
      return;
    }
    int end = text.indexOf('\n');
    output.printAnswer(false, sign(status) + text.substring(0, end));
    output.print(text.substring(end + 1));
  }

  private static String sign(MigrationStatus status) {
    return status.compatible() ? "✔ " : "✖ ";
  }

  private String headline(MigrationStatus status) {
    return status.verdict().isKnown()
        ? output.named(name(status)) + " must not run on this database"
        : "It is unknown whether " + output.named(name(status)) + " may run on this database";
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
            : ", " + DurationFormat.rough(age) + " ago by the database's clock")
        + (lock.stale() ? ", stale: over 26 hours old" : "");
  }
}
