// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The migrations of the project whose freshness test runs. */
@FunctionalInterface
interface ProjectMigrations {

  /**
   * Returns the sources of the migrations.
   *
   * @param resources the project's resources directory
   * @param loader the class path of the test
   */
  MigrationSources sources(Path resources, ClassLoader loader);

  /** Returns these migrations with an option that only Liquibase supports. */
  default ProjectMigrations with(UnaryOperator<LiquibaseSources> option) {
    throw new ConfigurationException(
        "SchemaFiles",
        "contexts, labels and parameters are Liquibase's",
        "Leave them out: another tool applies every migration that is there.");
  }

  /**
   * Returns the directories that form the project's class path: its resources, and the source
   * folders next to them.
   */
  static List<Path> roots(Path resources) {
    return Stream.concat(
            Stream.of(resources),
            Stream.of("java", "kotlin", "groovy", "scala").map(resources::resolveSibling))
        .toList();
  }
}
