// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ChangesetKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * The migrations of a project that uses Liquibase.
 *
 * @param changelog the changelog as the application names it, on the class path or below the
 *     resources
 * @param options sets the filters of production
 */
record LiquibaseProject(String changelog, UnaryOperator<LiquibaseSources> options)
    implements ProjectMigrations {

  LiquibaseProject(String changelog) {
    this(changelog, UnaryOperator.identity());
  }

  @Override
  public MigrationSources sources(Path resources, ClassLoader loader) {
    String path = ChangesetKey.normalize(changelog);
    LiquibaseSources sources =
        loader.getResource(path) == null && Files.exists(resources.resolve(path))
            ? LiquibaseSources.directory(resources, path).loader(loader)
            : LiquibaseSources.classPath(loader, path);
    return options.apply(sources);
  }

  @Override
  public ProjectMigrations with(UnaryOperator<LiquibaseSources> option) {
    return new LiquibaseProject(changelog, sources -> option.apply(options.apply(sources)));
  }
}
