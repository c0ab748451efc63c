// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the committed files with the migrations.
 *
 * @param folder the directory of the files
 * @param environment the environment variables of the process, of which {@code CI} is used
 * @param withChecksums whether to keep checksums even if their file does not exist yet
 * @param databases the migrated databases whose schema files to keep
 */
record FilesVerification(
    Path folder,
    Map<String, String> environment,
    boolean withChecksums,
    List<MigratedDatabase> databases) {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaFiles.class);

  /** Performs the verification as specified by {@link SchemaFiles#verify}. */
  void verify(MigrationSources project) {
    Path file = folder.resolve("revisions.txt");
    List<SourceRevision> sources = project.read();
    ChainFile chain = ChainFile.read(file);
    chain.requireMigrations(project, sources);
    ChainUpdate update = chain.update(sources);
    update.requireNothingVanished();
    List<String> warnings = project.warnings();
    update.requireRevisions(warnings);
    warn(warnings);
    List<String> problems = new ArrayList<>();
    if (!update.isCurrent()) {
      problems.add(new ChainRefresh(environment).refresh(file, update));
    }
    checksumProblem(file, project, update).ifPresent(problems::add);
    warn(update.notes());
    problems.addAll(
        matrixProblems(
            update.chain(),
            matrix -> withMigrations(matrix, update, project, sources),
            tool(project)));
    report(problems);
  }

  /** Performs the verification for a revision chain that is not generated from migrations. */
  void verifyWithoutMigrations() {
    RevisionChain chain = RevisionChain.file(folder.resolve("revisions.txt"));
    report(
        matrixProblems(
            chain,
            matrix -> {
              MatrixVerification verification = MatrixVerification.of(matrix);
              warn(verification.warnings());
              return verification.errors();
            },
            Tool.AUTO));
  }

  /**
   * Logs each warning. In a loop, because java.util.logging reports the method that calls the
   * logger, and that of a method reference would be a class of the JDK.
   */
  static void warn(List<String> warnings) {
    for (String warning : warnings) {
      LOG.warn(warning);
    }
  }

  private static void report(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n\n", problems));
    }
  }

  private static Tool tool(MigrationSources project) {
    if (project instanceof LiquibaseSources) {
      return Tool.LIQUIBASE;
    }
    if (project instanceof FlywaySources) {
      return Tool.FLYWAY;
    }
    return project instanceof AlembicSources ? Tool.ALEMBIC : Tool.GOLANG_MIGRATE;
  }

  private Optional<String> checksumProblem(
      Path chain, MigrationSources project, ChainUpdate update) {
    Path file = ChecksumFile.beside(chain);
    if (!withChecksums && !Files.exists(file)) {
      return Optional.empty();
    }
    ChecksumUpdate checksums = ChecksumFile.read(file).update(project, update.chain());
    Optional<ConfigurationException> problem = checksums.problem();
    if (problem.isPresent()) {
      return problem.map(ConfigurationException::getMessage);
    }
    return checksums.isCurrent()
        ? Optional.empty()
        : Optional.of(new ChainRefresh(environment).refresh(file, checksums));
  }

  private List<String> matrixProblems(
      RevisionChain chain,
      Function<CompatibilityMatrix, List<ConfigurationException>> rows,
      Tool tool) {
    try {
      CompatibilityMatrix matrix = matrix(chain);
      List<String> problems = new ArrayList<>();
      rows.apply(matrix).forEach(error -> problems.add(error.getMessage()));
      problems.addAll(
          new SchemaFilesRefresh(folder, new ChainRefresh(environment), databases)
              .problems(matrix, tool));
      return problems;
    } catch (ConfigurationException e) {
      return List.of(Objects.requireNonNullElse(e.getMessage(), e.reason()));
    }
  }

  private static List<ConfigurationException> withMigrations(
      CompatibilityMatrix matrix,
      ChainUpdate update,
      MigrationSources project,
      List<SourceRevision> sources) {
    MatrixVerification verification = MatrixVerification.of(matrix, sources, update.newRevisions());
    warn(verification.warnings());
    List<RevisionImpact> impacts =
        matrix.rows().stream().allMatch(row -> row.max() == null) ? List.of() : project.impacts();
    ChangelogVerification changelog =
        ChangelogVerification.of(matrix, sources, impacts, update.newRevisions());
    return Stream.concat(verification.errors().stream(), changelog.errors().stream()).toList();
  }

  private CompatibilityMatrix matrix(RevisionChain chain) {
    Path file = folder.resolve("compatibility.md");
    String markdown = new TextFile(file).read();
    return markdown == null
        ? CompatibilityMatrix.ofChain(chain)
        : CompatibilityMatrix.parse(markdown, file.toString(), true, chain);
  }
}
