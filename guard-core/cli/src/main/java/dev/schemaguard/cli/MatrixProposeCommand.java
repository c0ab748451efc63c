// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.ChainFile;
import dev.schemaguard.build.ChainUpdate;
import dev.schemaguard.build.MatrixProposal;
import dev.schemaguard.build.MigrationSources;
import dev.schemaguard.build.SourceRevision;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code propose}, which prints the matrix that the migrations suggest. */
@Command(
    name = "propose",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Propose the matrix: a row for a new version, and for older versions the Max up to which the",
      "migrations only expand. The reasons stand above as comments. Writes no file."
    })
final class MatrixProposeCommand implements Callable<Integer> {

  @Option(
      names = "--new-version",
      paramLabel = "VERSION",
      description = "The version that gets a row; without it none does.")
  private @Nullable String version;

  @Mixin private final MatrixOptions application = new MatrixOptions();
  @Mixin private final SourceOptions sources = new SourceOptions();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    CompatibilityMatrix matrix = application.matrix();
    MigrationSources migrations = sources.sources();
    List<SourceRevision> revisions = migrations.read();
    matrix.chain().map(RevisionChain::origin).ifPresent(file -> requireCurrent(file, revisions));
    String proposal = MatrixProposal.markdown(matrix, revisions, migrations.impacts(), version);
    output.print(proposal.stripTrailing());
    return 0;
  }

  private void requireCurrent(String file, List<SourceRevision> revisions) {
    ChainUpdate update = ChainFile.read(Path.of(file)).update(revisions);
    update.requireNothingVanished();
    if (!update.isCurrent()) {
      throw new ConfigurationException(
          file,
          "the chain is not current (" + update.summary() + ")",
          "Run this first: " + sources.revisionsCommand(Path.of(file)));
    }
  }
}
