// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.ChainFile;
import dev.schemaguard.build.ChainUpdate;
import dev.schemaguard.build.MigrationSources;
import dev.schemaguard.build.SourceRevision;
import dev.schemaguard.build.TextFile;
import dev.schemaguard.matrix.RevisionChain;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the revision chain of a project.
 *
 * @param directory the directory of the project or of its module
 */
record InitChain(Path directory, Output output) {

  /** The path of the chain, relative to the directory. */
  static final Path PATH = InitTool.RESOURCES.resolve("schema-guard/revisions.txt");

  /** Writes the chain of an application without migrations; returns false if there is a chain. */
  boolean writeEmpty() {
    TextFile file = file();
    if (file.read() != null) {
      return false;
    }
    file.write(RevisionChain.NO_MIGRATIONS + "\n");
    return true;
  }

  /** Writes the chain of these migrations; returns false if it is current. */
  boolean write(MigrationSources sources) {
    List<SourceRevision> revisions = sources.read();
    ChainFile before = ChainFile.read(directory.resolve(PATH));
    before.requireMigrations(sources, revisions);
    ChainUpdate update = before.update(revisions);
    update.requireNothingVanished();
    sources.warnings().forEach(warning -> output.report("warning   " + warning));
    if (update.isCurrent() && file().read() != null) {
      return false;
    }
    file().write(update.text());
    return true;
  }

  private TextFile file() {
    return new TextFile(directory.resolve(PATH));
  }
}
