// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.ChainFile;
import dev.schemaguard.build.ChainUpdate;
import dev.schemaguard.build.ChangelogVerification;
import dev.schemaguard.build.ChecksumFile;
import dev.schemaguard.build.ChecksumUpdate;
import dev.schemaguard.build.FileUpdate;
import dev.schemaguard.build.MatrixVerification;
import dev.schemaguard.build.MigrationSources;
import dev.schemaguard.build.RequiredMarkers;
import dev.schemaguard.build.SchemaFileVerification;
import dev.schemaguard.build.SourceRevision;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code verify}, which checks in continuous integration that the matrix is valid. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Verify the matrix, for continuous integration.",
      "All its rows against the chain, its client tables, and the schema files beside it; where the"
          + " migrations are named, also the chain and checksums.txt, if it is there, against these,"
          + " their requires-app markers, and what they do to older versions; and with a database,"
          + " whether any was edited after it was applied. Exit 2 if anything is wrong."
    })
final class VerifyCommand implements Callable<Integer> {

  @Mixin private final MatrixOptions application = new MatrixOptions();
  @Mixin private final SourceOptions sources = new SourceOptions();
  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final Output output = new Output();

  @Option(
      names = "--require-markers",
      description =
          "With the migrations: an error for each new one that breaks, or may break, older versions"
              + " and has no requires-app marker.")
  private boolean requireMarkers;

  @Override
  public Integer call() {
    CompatibilityMatrix matrix = application.matrix();
    if (requireMarkers && !sources.isGiven()) {
      throw new ConfigurationException(
          "--require-markers",
          "no migrations are named, so their markers are unknown",
          "Name them, as in --golang-migrate migrations.");
    }
    List<String> errors = new ArrayList<>();
    MatrixVerification verification =
        sources.isGiven() ? withSources(matrix, errors) : MatrixVerification.of(matrix);
    verification.errors().stream().map(ConfigurationException::text).forEach(errors::add);
    SchemaFileVerification schemas = SchemaFileVerification.of(application.schemaFiles(), matrix);
    schemas.errors().stream().map(ConfigurationException::text).forEach(errors::add);
    Stream.concat(verification.warnings().stream(), schemas.warnings().stream())
        .forEach(warning -> output.report("warning   " + warning));
    errors.forEach(error -> output.print("✖ " + error));
    if (errors.isEmpty()) {
      int revisions = matrix.chain().map(chain -> chain.revisions().size()).orElse(0);
      int clients = matrix.clients().components().size();
      output.printAnswer(
          true,
          "✔ "
              + matrix.rows().size()
              + " row(s) and "
              + revisions
              + " revision(s) agree"
              + (clients == 0 ? "" : ", " + clients + " client(s) are named")
              + (schemas.files() == 0 ? "" : ", " + schemas.files() + " schema file(s) are sound"));
    }
    return errors.isEmpty() ? 0 : Failure.CONFIGURATION;
  }

  private MatrixVerification withSources(CompatibilityMatrix matrix, List<String> errors) {
    Path file =
        matrix
            .chain()
            .map(RevisionChain::origin)
            .map(Path::of)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        matrix.origin(),
                        "there is no chain beside it",
                        "Generate one with schema-guard revisions, from the same migrations."));
    MigrationSources migrations = sources.sources();
    ChainFile chain = ChainFile.read(file);
    List<SourceRevision> revisions = sources.read(chain);
    ChainUpdate update = chain.update(revisions);
    update.requireNothingVanished();
    List<String> warnings = migrations.warnings();
    update.requireRevisions(warnings);
    requireCurrent(file, file, update, errors);
    Path checksumFile = ChecksumFile.beside(file);
    if (Files.exists(checksumFile)) {
      ChecksumUpdate checksums = ChecksumFile.read(checksumFile).update(migrations, update.chain());
      checksums
          .problem()
          .ifPresentOrElse(
              problem -> errors.add(problem.text()),
              () -> requireCurrent(file, checksumFile, checksums, errors));
    }
    if (database.isGiven()) {
      editedMigrations(migrations).ifPresent(errors::add);
    }
    ChangelogVerification changelog =
        ChangelogVerification.of(matrix, revisions, migrations.impacts(), update.newRevisions());
    if (requireMarkers) {
      RequiredMarkers.errors(matrix, revisions, migrations.impacts(), update.newRevisions())
          .forEach(error -> errors.add(error.text()));
    }
    MatrixVerification whole = MatrixVerification.of(matrix, revisions, update.newRevisions());
    return new MatrixVerification(
        Stream.concat(whole.errors().stream(), changelog.errors().stream()).toList(),
        Stream.of(warnings, whole.warnings(), changelog.warnings()).flatMap(List::stream).toList());
  }

  private void requireCurrent(Path chain, Path file, FileUpdate update, List<String> errors) {
    if (!update.isCurrent()) {
      errors.add(
          file
              + " is not current ("
              + update.summary()
              + "); run: "
              + sources.revisionsCommand(chain)
              + "\n"
              + String.join("\n", update.difference()));
    }
  }

  /** Returns what is wrong with migrations that the database has already applied. */
  private Optional<String> editedMigrations(MigrationSources migrations) {
    Tool tool = sources.tool();
    if (tool != Tool.LIQUIBASE && tool != Tool.FLYWAY) {
      output.report(
          "warning   "
              + tool
              + " records no checksums, so it is unknown whether an applied migration was edited");
      return Optional.empty();
    }
    RecordedChecksums recorded = RecordedChecksums.of(database, tool);
    List<String> edited =
        migrations.on(recorded.dbms(), recorded.schema()).edited(recorded.byName());
    return edited.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "edited after they were applied, by the checksums in the database: "
                + String.join(", ", edited)
                + ". Take the edit back, and make the change in a new migration");
  }
}
