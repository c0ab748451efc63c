// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.Preflight;
import dev.schemaguard.assessment.Rollback;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The runbook's go or no-go. */
@Command(
    name = "preflight",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Is it safe to migrate this database and then run this version? Go or no-go.",
      "Where the database is ahead, also what has to be undone before this version may start; with",
      "the migrations of the newer version named, which of it can be undone, and what loses data."
    })
final class PreflightCommand implements Callable<Integer> {

  private static final int NAMES = 12;

  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final TenantOptions tenants = new TenantOptions();
  @Mixin private final MatrixOptions application = new MatrixOptions();
  @Mixin private final SourceOptions sources = new SourceOptions();
  @Mixin private final MigratorOptions migrator = new MigratorOptions();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    Preflight preflight;
    try (ProgressLine progress = ProgressLine.begin(output)) {
      preflight =
          SourcedRollback.in(
              tenants
                  .in(application.guard(database), progress)
                  .migration(migrator.migration())
                  .build()
                  .preflight(),
              sources);
    }
    if (output.isJson()) {
      output.printRaw(preflight.toJson());
    } else {
      print(preflight);
    }
    return preflight.exitCode();
  }

  private void print(Preflight preflight) {
    MigrationStatus status = preflight.status();
    output.print("Preflight " + StatusText.name(status));
    TenantsStatus tenantsStatus = status.tenants();
    if (tenantsStatus != null && tenantsStatus.count() > 0) {
      new TenantsText(output).print(tenantsStatus);
    } else {
      printHistory(status);
    }
    printRunning(preflight);
    if (!preflight.cannotRestart().isEmpty()) {
      line(
          "careful",
          "once applied, these versions cannot restart: "
              + String.join(", ", preflight.cannotRestart()));
    }
    printWhy(preflight);
    printRollback(preflight.rollback());
    String recommendation =
        preflight.go() ? "✔ GO: " + preflight.reason() : "✖ NO-GO: " + preflight.reason();
    output.print(output.coloured(preflight.go(), recommendation));
  }

  private void printWhy(Preflight preflight) {
    MigrationStatus status = preflight.status();
    Problem problem = status.problem();
    if (preflight.go()) {
      String careful = String.join(", ", preflight.cannotRestart());
      status.notes().stream()
          .filter(note -> careful.isEmpty() || !note.endsWith(careful))
          .forEach(note -> line("note", Output.oneLine(note)));
    } else if (!preflight.actions().isEmpty()) {
      line("why", preflight.reason());
      preflight.actions().forEach(action -> line("do", action));
    } else if (problem != null) {
      line("why", problem.why());
      problem.actions().forEach(action -> line("do", action));
    }
  }

  private void printHistory(MigrationStatus status) {
    boolean reached = status.verdict() != Verdict.UNREACHABLE;
    boolean read = reached && status.verdict() != Verdict.UNREADABLE;
    line("reachable", reached ? "yes" : "no: " + status.error());
    if (reached) {
      line("history", read ? tool(status) : "no: " + status.error());
    }
    if (read) {
      line("current", status.currentRevision() == null ? "none" : status.currentRevision());
    }
    line("expected", status.expectedHead() == null ? "not known" : status.expectedHead());
    if (status.verdict().isTold()) {
      MigrationLock lock = status.migrationLock();
      line("pending", names(status.pendingRevisions()));
      line("ahead", names(status.aheadRevisions()));
      line("failed", names(status.failedRevisions()));
      line("lock", lock == null ? "none" : StatusText.text(lock));
    }
  }

  private void printRunning(Preflight preflight) {
    String label = "running";
    for (String each : RunningText.lines(preflight)) {
      line(label, Output.oneLine(each));
      label = "";
    }
    String safe = RunningText.safeUpTo(preflight);
    if (!safe.isEmpty()) {
      line("safe up to", safe);
    }
  }

  private void printRollback(@Nullable Rollback rollback) {
    if (rollback != null) {
      for (RollbackText.Line each : RollbackText.lines(rollback, sources.isGiven())) {
        line(each.label(), Output.oneLine(each.text()));
      }
    }
  }

  private static String tool(MigrationStatus status) {
    return Objects.requireNonNullElse(status.tool(), "none of any tool's");
  }

  private void line(String label, @Nullable String value) {
    output.print("  " + label + " ".repeat(11 - label.length()) + value);
  }

  private static String names(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String shown = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
    return names.size() + ": " + shown + (names.size() > NAMES ? ", …" : "");
  }
}
