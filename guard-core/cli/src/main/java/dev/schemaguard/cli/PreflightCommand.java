// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.Rollback;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code preflight}, which prints a go or no-go before a migration. */
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

  /** The beginning of the status note that is replaced by the line "careful". */
  private static final String CANNOT_RESTART =
      "once the pending migrations are applied, these versions cannot restart";

  private static final int NAMES = 12;
  private static final int VALUE_COLUMN = 13;

  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final TenantOptions tenants = new TenantOptions();
  @Mixin private final MatrixOptions application = new MatrixOptions();
  @Mixin private final SourceOptions sources = new SourceOptions();
  @Mixin private final MigratorOptions migrator = new MigratorOptions();
  @Mixin private final Output output = new Output();

  @Option(
      names = "--respect-running",
      arity = "0..1",
      paramLabel = "FLAG",
      fallbackValue = "true",
      defaultValue = "${env:SCHEMA_GUARD_RESPECT_RUNNING:-false}",
      converter = FlagConverter.class,
      description =
          "No-go (11) if what is pending harms a connected version, or if that cannot be judged.")
  private boolean respectRunning;

  @Override
  public Integer call() {
    Preflight preflight;
    try (ProgressLine progress = ProgressLine.begin(output)) {
      preflight =
          SourcedRollback.in(
              tenants
                  .guard(application, database, progress, output)
                  .migratedBy(migrator.migration())
                  .build()
                  .preflight(),
              sources);
    }
    if (respectRunning) {
      preflight = preflight.respectingRunning();
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
    output.printLine("Preflight " + output.named(StatusText.name(status)));
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
          "after this migration these versions cannot restart: "
              + String.join(", ", preflight.cannotRestart()));
    }
    printWhy(preflight);
    printRollback(preflight.rollback());
    output.printAnswer(
        preflight.go(),
        preflight.go() ? "✔ GO: " + preflight.reason() : "✖ NO-GO: " + no(preflight));
  }

  private void printWhy(Preflight preflight) {
    List<String> said = new ArrayList<>();
    Problem problem = preflight.status().problem();
    List<String> actions = preflight.actions();
    if (!preflight.go() && actions.isEmpty() && problem != null) {
      line("why", problem.why());
      said.add(problem.why());
      actions = problem.actions();
    }
    actions.forEach(action -> line("do", action));
    said.addAll(actions);
    said.add(preflight.reason());
    printNotes(preflight, said);
  }

  /** Prints the notes of the status that add something to the lines around them. */
  private void printNotes(Preflight preflight, List<String> said) {
    List<String> notes = new ArrayList<>(preflight.status().notes());
    notes.removeIf(note -> !preflight.cannotRestart().isEmpty() && note.startsWith(CANNOT_RESTART));
    notes.removeIf(note -> isSaid(note, said));
    for (String note : notes.subList(0, Math.min(NAMES, notes.size()))) {
      line("note", note);
    }
    if (notes.size() > NAMES) {
      line("note", (notes.size() - NAMES) + " more notes: see --format json");
    }
  }

  /** Returns whether a note is already shown as a text, or as two of them together. */
  private static boolean isSaid(String note, List<String> said) {
    return said.stream()
        .anyMatch(
            text ->
                text.contains(note)
                    || (note.startsWith(text + "; ")
                        && said.contains(note.substring(text.length() + 2))));
  }

  /** Returns the reason for a no-go, shortened if the lines above it contain it in full. */
  private static String no(Preflight preflight) {
    MigrationStatus status = preflight.status();
    Problem problem = status.problem();
    boolean isSaid = preflight.actions().isEmpty() && status.error() != null;
    return isSaid && problem != null ? problem.title() : preflight.reason();
  }

  private void printHistory(MigrationStatus status) {
    boolean reached = status.verdict() != Verdict.UNREACHABLE;
    boolean read = reached && status.verdict() != Verdict.UNREADABLE;
    line("reachable", reached ? "yes" : "no");
    if (reached) {
      line("history", read ? tool(status) : "not read");
    }
    if (read) {
      line("current", status.currentRevision() == null ? "none" : status.currentRevision());
    }
    line("expected", status.expectedHead() == null ? "not known" : status.expectedHead());
    if (status.verdict().isKnown()) {
      MigrationLock lock = status.migrationLock();
      line("pending", names(status.pendingRevisions()));
      line("ahead", names(status.aheadRevisions()));
      line("failed", names(status.failedRevisions()));
      line("lock", lock == null ? "none seen" : StatusText.text(lock));
    }
  }

  private void printRunning(Preflight preflight) {
    String label = "running";
    for (String each : RunningText.lines(preflight)) {
      line(label, each);
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
        line(each.label(), each.text());
      }
    }
  }

  private static String tool(MigrationStatus status) {
    return Objects.requireNonNullElse(status.tool(), "none of any tool's");
  }

  private void line(String label, @Nullable String value) {
    output.printLine("  " + label, VALUE_COLUMN, value);
  }

  private static String names(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String shown = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
    return names.size() + ": " + shown + (names.size() > NAMES ? ", …" : "");
  }
}
