// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.files.AlembicSources;
import dev.schemaguard.files.FlywaySources;
import dev.schemaguard.files.GolangMigrateSources;
import dev.schemaguard.files.LiquibaseSources;
import dev.schemaguard.files.SourceRevision;
import dev.schemaguard.files.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A migration tool whose files a new user's project may hold. */
enum StarterTool {
  LIQUIBASE("Liquibase", "liquibase") {
    @Override
    Optional<String> find(Path project) {
      return CHANGELOGS.stream()
          .flatMap(start -> ENDINGS.stream().map(ending -> start + ending))
          .filter(name -> Files.isRegularFile(project.resolve(RESOURCES).resolve(name)))
          .findFirst();
    }

    @Override
    List<SourceRevision> read(Path project, String name) {
      return LiquibaseSources.directory(project.resolve(RESOURCES), name).read();
    }
  },

  FLYWAY("Flyway", "flyway") {
    @Override
    Optional<String> find(Path project) {
      return firstWithMigrations(project, FLYWAY_LOCATIONS.stream());
    }

    @Override
    boolean isThere(Path project, String name) {
      return roots(project).stream().anyMatch(root -> Files.isDirectory(root.resolve(name)));
    }

    @Override
    List<SourceRevision> read(Path project, String name) {
      return FlywaySources.directories(roots(project), name).read();
    }
  },

  ALEMBIC("Alembic", "alembic") {
    @Override
    Optional<String> find(Path project) {
      String settings = new TextFile(project.resolve("alembic.ini")).read();
      Matcher location = SCRIPT_LOCATION.matcher(settings == null ? "" : settings);
      Stream<String> configured =
          location.find() ? Stream.of(location.group(1) + "/versions") : Stream.of();
      return firstWithMigrations(project, Stream.concat(configured, ALEMBIC_FOLDERS.stream()));
    }

    @Override
    List<SourceRevision> read(Path project, String name) {
      return AlembicSources.directories(project.resolve(name)).read();
    }
  },

  GOLANG_MIGRATE("golang-migrate", "golangMigrate") {
    @Override
    Optional<String> find(Path project) {
      return firstWithMigrations(project, GOLANG_MIGRATE_FOLDERS.stream());
    }

    @Override
    List<SourceRevision> read(Path project, String name) {
      return GolangMigrateSources.directory(project.resolve(name)).read();
    }
  };

  static final Path RESOURCES = Path.of("src/main/resources");

  /** Where a project without migrations is told to write its first changelog. */
  static final String FIRST_CHANGELOG = "db/changelog/db.changelog-master.yaml";

  private static final List<String> CHANGELOGS =
      List.of(
          "db/changelog/db.changelog-master",
          "db/changelog/db.changelog",
          "db/changelog/changelog-master",
          "db/changelog/changelog",
          "db/changelog/master",
          "db/changelog-master",
          "db/changelog",
          "db/master",
          "liquibase/changelog",
          "liquibase/master",
          "changelog-master",
          "changelog");
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".xml", ".json", ".sql");
  private static final List<String> FLYWAY_LOCATIONS = List.of("db/migration", "db/migrations");
  private static final List<String> ALEMBIC_FOLDERS =
      List.of("alembic/versions", "migrations/versions");
  private static final List<String> GOLANG_MIGRATE_FOLDERS =
      List.of("db/migrations", "migrations", "internal/db/migrations", "database/migrations");

  /** {@code %(here)s} is the folder of alembic.ini. */
  private static final Pattern SCRIPT_LOCATION =
      Pattern.compile("(?m)^script_location\\s*=\\s*(?:%\\(here\\)s/)?(\\S+?)/?\\s*$");

  private final String title;
  private final String factory;

  StarterTool(String title, String factory) {
    this.title = title;
    this.factory = factory;
  }

  /** Its name, as its users write it. */
  String title() {
    return title;
  }

  /** The method of {@code SchemaFiles} that reads its migrations. */
  String factory() {
    return factory;
  }

  /** The option by which its migrations are named. */
  String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The usual place at which {@code project} holds migrations of this tool. */
  abstract Optional<String> find(Path project);

  /** The migrations at a place of {@code project}, oldest first. */
  abstract List<SourceRevision> read(Path project, String name);

  boolean isThere(Path project, String name) {
    return Files.isDirectory(project.resolve(name));
  }

  /** A folder of that name may also be that of another tool, which leaves nothing to read here. */
  Optional<String> firstWithMigrations(Path project, Stream<String> names) {
    return names
        .filter(name -> isThere(project, name) && !read(project, name).isEmpty())
        .findFirst();
  }

  private static List<Path> roots(Path project) {
    return Stream.of(RESOURCES, Path.of("src/main/java"), Path.of("src/main/kotlin"))
        .map(project::resolve)
        .toList();
  }
}
