// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.assessment.PathPatterns;
import dev.schemaguard.files.ChainFile;
import dev.schemaguard.files.ChainUpdate;
import dev.schemaguard.files.SourceRevision;
import dev.schemaguard.matrix.CompatibilityMatrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Generates or updates the chain. */
@Command(
    name = "revisions",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Generate or update the chain, schema-guard/revisions.txt, from the migrations.",
      "Append-only: the order that is there stays, and what is new comes last."
    })
final class RevisionsCommand implements Callable<Integer> {

  @Mixin private final SourceOptions sources = new SourceOptions();

  @Option(
      names = "--revisions",
      paramLabel = "FILE",
      defaultValue = "${env:SCHEMA_GUARD_REVISIONS:-src/main/resources/schema-guard/revisions.txt}",
      description = "The file; by default src/main/resources/schema-guard/revisions.txt.")
  private Path file = Path.of("src/main/resources/schema-guard/revisions.txt");

  @Option(
      names = "--from-database",
      description = {
        "Add what the database has recorded: with --liquibase or --flyway its leftovers, marked",
        "retired; without, the history as it is, for teams that do not have the sources. Not for",
        "Alembic and golang-migrate, which record heads only."
      })
  private boolean fromDatabase;

  @Option(names = "--check", description = "Write nothing; exit 2 if the file is not current.")
  private boolean check;

  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    ChainUpdate update = update();
    update.notes().forEach(output::report);
    if (!update.ahead().isEmpty()) {
      output.report(
          "Recorded after the newest revision of the sources, so ahead and not added: "
              + String.join(", ", update.ahead()));
    }
    update.requireNothingVanished();
    if (update.isCurrent()) {
      output.print(file + " is current: " + update.chain().revisions().size() + " revision(s)");
      return 0;
    }
    output.print(file + ": " + update.summary());
    update.difference().forEach(output::print);
    if (check) {
      output.report("Not current. Run the same command without --check, and commit the file.");
      return Failure.CONFIGURATION;
    }
    update.writeTo(file);
    return 0;
  }

  private ChainUpdate update() {
    ChainFile chain = ChainFile.read(file);
    if (!fromDatabase) {
      return chain.update(sources.read());
    }
    RecordedHistory history = RecordedHistory.of(database, sources.tool());
    List<SourceRevision> migrations = sources.isGiven() ? sources.read() : List.of();
    List<String> known = new ArrayList<>();
    chain.extend(List.of()).chain().revisions().forEach(line -> known.add(line.name()));
    migrations.forEach(migration -> known.add(migration.name()));
    List<String> recorded = history.applied(ours(), known);
    return sources.isGiven() ? chain.update(migrations, recorded) : chain.extend(recorded);
  }

  /** Which entries of a shared history are this application's, by the matrix beside the chain. */
  private PathPatterns ours() {
    Path matrix = file.resolveSibling("compatibility.md");
    return new PathPatterns(
        Files.exists(matrix) ? CompatibilityMatrix.file(matrix).paths() : List.of());
  }
}
