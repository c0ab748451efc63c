// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.files;

import dev.schemaguard.change.RevisionEffect;
import dev.schemaguard.change.RevisionUndo;
import dev.schemaguard.matrix.ConfigurationException;
import java.util.List;
import java.util.Map;

/** The migrations of an application, where they are written. */
public sealed interface MigrationSources
    permits LiquibaseSources, FlywaySources, AlembicSources, GolangMigrateSources {

  /**
   * Reads the migrations, oldest first.
   *
   * @throws ConfigurationException if they cannot be read
   */
  List<SourceRevision> read();

  /**
   * Reads what each of them does to versions of the application that are older than it, in the
   * order of {@link #read}.
   *
   * @throws ConfigurationException if they cannot be read
   */
  List<RevisionEffect> effects();

  /**
   * Reads how each of them is undone, in the order of {@link #read}.
   *
   * @throws ConfigurationException if they cannot be read
   */
  List<RevisionUndo> undos();

  /**
   * The migrations that are no longer what was applied. Those that run again whenever they change
   * are passed over, and whatever the tool records no checksum of.
   *
   * @param checksums what the tool recorded in a database, by the migrations' names
   * @throws ConfigurationException if they cannot be read
   */
  default List<String> edited(Map<String, String> checksums) {
    return List.of();
  }
}
