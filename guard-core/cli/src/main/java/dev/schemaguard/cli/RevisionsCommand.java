// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.assessment.PathPatterns;
import dev.schemaguard.build.ChainFile;
import dev.schemaguard.build.ChainUpdate;
import dev.schemaguard.build.ChecksumFile;
import dev.schemaguard.build.ChecksumUpdate;
import dev.schemaguard.build.FileUpdate;
import dev.schemaguard.build.SourceRevision;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code revisions}, which generates or updates the revision chain. */
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

  @Option(
      names = "--checksums",
      description = {
        "Also write checksums.txt beside it, by which verify and the freshness test find a"
            + " migration",
        "that was edited. Where that file is, it is kept current without this."
      })
  private boolean checksums;

  @Option(names = "--check", description = "Write nothing; exit 2 if a file is not current.")
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
    List<String> warnings = sources.isGiven() ? sources.sources().warnings() : List.of();
    update.requireRevisions(warnings);
    warnings.forEach(warning -> output.report("warning   " + warning));
    Optional<ChecksumUpdate> sums = checksums(update.chain());
    int exitCode = refresh(file, update, update.chain().revisions().size() + " revision(s)");
    if (sums.isPresent()) {
      return Math.max(exitCode, refresh(ChecksumFile.beside(file), sums.get(), "nothing edited"));
    }
    return exitCode;
  }

  /** Writes a file, or reports that it is not current; returns the exit code. */
  private int refresh(Path path, FileUpdate update, String holds) {
    if (update.isCurrent()) {
      output.printLine(path + " is current: " + holds);
      return 0;
    }
    output.printLine(path + ": " + update.summary());
    update.difference().forEach(output::print);
    if (check) {
      output.report("Not current. Run the same command without --check, and commit the file.");
      return Failure.CONFIGURATION;
    }
    update.writeTo(path);
    return 0;
  }

  /**
   * Returns the updated checksums; empty if the project does not use them, or the migrations are
   * not available.
   *
   * @throws ConfigurationException if a migration was edited
   */
  private Optional<ChecksumUpdate> checksums(RevisionChain chain) {
    Path path = ChecksumFile.beside(file);
    if (!checksums && (!Files.exists(path) || !sources.isGiven())) {
      return Optional.empty();
    }
    ChecksumUpdate update = ChecksumFile.read(path).update(sources.sources(), chain);
    update.requireNothingEdited();
    return Optional.of(update);
  }

  private ChainUpdate update() {
    ChainFile chain = ChainFile.read(file);
    if (!fromDatabase) {
      return chain.update(sources.read(chain));
    }
    RecordedHistory history = RecordedHistory.of(database, sources.tool());
    List<SourceRevision> migrations = sources.isGiven() ? sources.read(chain) : List.of();
    List<String> known = new ArrayList<>();
    chain.extend(List.of()).chain().revisions().forEach(line -> known.add(line.name()));
    migrations.forEach(migration -> known.add(migration.name()));
    List<String> recorded = history.applied(ours(), known);
    return sources.isGiven() ? chain.update(migrations, recorded) : chain.extend(recorded);
  }

  /**
   * Returns which entries of a shared history belong to this application, according to the matrix
   * next to the revision chain.
   */
  private PathPatterns ours() {
    Path matrix = file.resolveSibling("compatibility.md");
    return new PathPatterns(
        Files.exists(matrix) ? CompatibilityMatrix.file(matrix).paths() : List.of());
  }
}
