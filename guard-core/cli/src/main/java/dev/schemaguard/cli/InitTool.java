// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.AlembicSources;
import dev.schemaguard.build.FlywaySources;
import dev.schemaguard.build.GolangMigrateSources;
import dev.schemaguard.build.LiquibaseSources;
import dev.schemaguard.build.MigrationSources;
import dev.schemaguard.matrix.ChangesetKey;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A migration tool whose files {@code init} can find in a project. */
enum InitTool {
  LIQUIBASE("Liquibase", "liquibase") {
    @Override
    List<InitMigrations> find(ProjectTree tree) {
      return modules(tree)
          .flatMap(
              module -> {
                Path resources = module.resolve(RESOURCES_NAME);
                return new SpringSettings(tree, module)
                        .value("spring.liquibase.change-log")
                        .map(ChangesetKey::normalize)
                        .filter(tree::isPath)
                        .filter(name -> tree.files().contains(resources.resolve(name)))
                        .map(List::of)
                        .orElseGet(() -> ChangelogFiles.masters(tree, resources))
                        .stream()
                        .map(name -> new InitMigrations(this, module, List.of(name), ""));
              })
          .toList();
    }

    @Override
    MigrationSources sources(Path module, InitMigrations migrations, InitSettings reading) {
      return LiquibaseSources.directory(module.resolve(RESOURCES_NAME), migrations.names().get(0))
          .loader(reading.loader());
    }
  },

  FLYWAY("Flyway", "flyway") {
    @Override
    List<InitMigrations> find(ProjectTree tree) {
      return modules(tree)
          .flatMap(
              module ->
                  new FlywayFolders(tree, module)
                      .find().stream()
                          .map(
                              found ->
                                  new InitMigrations(this, module, found.names(), found.vendor())))
          .toList();
    }

    @Override
    MigrationSources sources(Path module, InitMigrations migrations, InitSettings reading) {
      List<Path> roots =
          Stream.of("resources", "java", "kotlin", "groovy", "scala")
              .map(folder -> module.resolve("src/main").resolve(folder))
              .toList();
      FlywaySources sources =
          FlywaySources.directories(roots, migrations.names().toArray(String[]::new));
      FlywaySources decided =
          reading.classPath().isEmpty() ? sources : sources.classes(reading.loader());
      return migrations.vendor().isEmpty() ? decided : decided.vendor(migrations.vendor());
    }
  },

  ALEMBIC("Alembic", "alembic") {
    private final Pattern revision = Pattern.compile("(?m)^down_revision\\b");

    @Override
    List<InitMigrations> find(ProjectTree tree) {
      return folders(
          tree,
          file -> file.toString().endsWith(".py") && revision.matcher(tree.read(file)).find());
    }

    @Override
    MigrationSources sources(Path module, InitMigrations migrations, InitSettings reading) {
      AlembicSources sources =
          AlembicSources.directories(
              migrations.names().stream().map(module::resolve).toArray(Path[]::new));
      return reading.recursive() ? sources.recursive() : sources;
    }
  },

  GOLANG_MIGRATE("golang-migrate", "golangMigrate") {
    private final Pattern script = Pattern.compile("\\d+_.*\\.(?:up|down)\\.[^.]+");

    @Override
    List<InitMigrations> find(ProjectTree tree) {
      return folders(tree, file -> script.matcher(file.getFileName().toString()).matches());
    }

    @Override
    MigrationSources sources(Path module, InitMigrations migrations, InitSettings reading) {
      return GolangMigrateSources.directory(module.resolve(migrations.names().get(0)));
    }
  };

  static final String RESOURCES_NAME = "src/main/resources";
  static final Path RESOURCES = Path.of(RESOURCES_NAME);

  private final String title;
  private final String factory;

  InitTool(String title, String factory) {
    this.title = title;
    this.factory = factory;
  }

  /** Returns the name of the tool, as its users write it. */
  String title() {
    return title;
  }

  /** Returns the name of the method in {@code SchemaFiles} that reads its migrations. */
  String factory() {
    return factory;
  }

  /** Returns the option that names its migrations. */
  String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the migrations of this tool in a project, one entry for each place that contains some.
   */
  abstract List<InitMigrations> find(ProjectTree tree);

  /** Returns the sources of these migrations of a module. */
  abstract MigrationSources sources(Path module, InitMigrations migrations, InitSettings reading);

  /** Returns the directories that contain {@code src/main}. */
  private static Stream<Path> modules(ProjectTree tree) {
    Set<Path> modules = new LinkedHashSet<>();
    for (Path file : tree.files()) {
      String path = ProjectTree.text(file);
      int end = ("/" + path).indexOf("/src/main/");
      if (end >= 0) {
        modules.add(tree.path(path.substring(0, Math.max(0, end - 1))));
      }
    }
    return modules.stream();
  }

  /** Returns the topmost folders with matching files. */
  List<InitMigrations> folders(ProjectTree tree, Predicate<Path> fits) {
    Set<Path> folders = new LinkedHashSet<>();
    for (Path file : tree.files()) {
      if (fits.test(file)) {
        folders.add(Objects.requireNonNullElse(file.getParent(), tree.path("")));
      }
    }
    return folders.stream()
        .filter(
            one -> folders.stream().noneMatch(other -> !other.equals(one) && one.startsWith(other)))
        .map(
            folder -> {
              Path module = tree.module(folder.resolve("file"));
              String name = ProjectTree.text(module.relativize(folder));
              return new InitMigrations(this, module, List.of(name.isEmpty() ? "." : name), "");
            })
        .toList();
  }
}
