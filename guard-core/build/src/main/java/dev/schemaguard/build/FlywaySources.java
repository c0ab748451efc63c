// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.build.impact.RevisionUndo;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versioned migrations of Flyway: scripts by the names of their files, and classes in Java,
 * Kotlin, Groovy or Scala. If classes are compiled on a class path that includes Flyway, the
 * compiled classes are evaluated, as in the application; otherwise their sources are read.
 * Immutable.
 *
 * <p>A baseline migration, {@code B3__all.sql}, is not a separate revision if there is a versioned
 * migration with the same version. Otherwise its version is a revision. It is optional if there are
 * older versioned migrations, because a database that has run those never gets it. It is required
 * if it has replaced them all.
 *
 * <pre>{@code
 * List<SourceRevision> revisions =
 *     FlywaySources.directories(List.of(Path.of("src/main/resources")), "db/migration").read();
 * }</pre>
 */
public final class FlywaySources implements MigrationSources {

  private final List<FlywayLocation> locations;
  private final List<Path> roots;
  private final @Nullable ClassLoader loader;
  private final FlywayNaming naming;
  private final List<Object> given;

  private FlywaySources(
      List<FlywayLocation> locations,
      List<Path> roots,
      @Nullable ClassLoader loader,
      FlywayNaming naming,
      List<Object> given) {
    this.locations = locations;
    this.roots = roots;
    this.loader = loader;
    this.naming = naming;
    this.given = List.copyOf(given);
  }

  /**
   * Returns the migrations in a project's directories.
   *
   * @param roots the beginning of the class path: {@code src/main/resources}, and for Java-based
   *     migrations {@code src/main/java}
   * @param locations the locations as the application names them: {@code db/migration}, {@code
   *     classpath:db/migration}, {@code filesystem:sql}
   * @throws ConfigurationException for a location with wildcards or in a cloud, or if there is none
   */
  public static FlywaySources directories(List<Path> roots, String... locations) {
    return of(roots, null, locations);
  }

  /**
   * Returns the migrations on the class path, including its jars.
   *
   * @throws ConfigurationException for a location with wildcards or in a cloud, or if there is none
   */
  public static FlywaySources classPath(ClassLoader loader, String... locations) {
    return of(List.of(), loader, locations);
  }

  /**
   * Returns the migrations in a project's directories; locations that are in none of them are
   * looked for on the class path.
   */
  static FlywaySources of(List<Path> roots, @Nullable ClassLoader loader, String... locations) {
    if (locations.length == 0) {
      throw new ConfigurationException(
          "Flyway locations", "none is named", "Name those of the application: db/migration.");
    }
    return new FlywaySources(
        Arrays.stream(locations).map(FlywayLocation::parse).toList(),
        List.copyOf(roots),
        loader,
        FlywayNaming.DEFAULT,
        List.of());
  }

  /**
   * Returns these sources with a different naming of scripts.
   *
   * @param prefix Flyway's {@code sqlMigrationPrefix}, by default {@code V}
   * @param separator Flyway's {@code sqlMigrationSeparator}, by default {@code __}
   * @param suffixes Flyway's {@code sqlMigrationSuffixes}, by default {@code .sql}
   */
  public FlywaySources naming(String prefix, String separator, String... suffixes) {
    return with(new FlywayNaming(prefix, separator, List.of(suffixes), naming.baselinePrefix()));
  }

  /**
   * Returns these sources with a different {@code baselineMigrationPrefix}; by default it is {@code
   * B}.
   */
  public FlywaySources baselinePrefix(String prefix) {
    return with(new FlywayNaming(naming.prefix(), naming.separator(), naming.suffixes(), prefix));
  }

  /**
   * Returns these sources with the database's name in place of {@code {vendor}} in the locations,
   * as Spring Boot replaces it.
   *
   * @param name the name as Spring Boot spells it: {@code postgresql}, {@code mysql}, {@code h2}
   */
  public FlywaySources vendor(String name) {
    return new FlywaySources(
        locations.stream().map(location -> location.vendor(name)).toList(),
        roots,
        loader,
        naming,
        given);
  }

  private FlywaySources with(FlywayNaming other) {
    return new FlywaySources(locations, roots, loader, other, given);
  }

  /**
   * Returns these sources with a class path in addition to the directories. The compiled classes on
   * it determine which classes are migrations and their versions, as in the application. It must
   * contain Flyway.
   *
   * @throws ConfigurationException if Flyway is not on it
   */
  public FlywaySources classes(ClassLoader classPath) {
    if (FlywayCompiledClasses.of(classPath).isEmpty()) {
      throw new ConfigurationException(
          "the class path for Flyway's migrations",
          "it does not hold Flyway (org.flywaydb.core.api.migration.JavaMigration), which its"
              + " migrations extend",
          "Add flyway-core's jar to it.");
    }
    return new FlywaySources(locations, roots, classPath, naming, given);
  }

  /**
   * Returns these sources with migrations that the application passes to Flyway itself, as Spring
   * passes every bean that is a {@code JavaMigration}, whatever its package is.
   *
   * @param migrations the objects, or their classes
   */
  public FlywaySources javaMigrations(Collection<?> migrations) {
    List<Object> all = new ArrayList<>(given);
    all.addAll(migrations);
    return new FlywaySources(locations, roots, loader, naming, all);
  }

  /**
   * Reads the names, and returns a revision for each version, in the order of their numbers.
   *
   * @throws ConfigurationException if a location does not exist or cannot be read, or two
   *     migrations have the same version
   */
  @Override
  public List<SourceRevision> read() {
    return migrations().revisions();
  }

  /** Returns sentences about what Flyway ignores although it looks like a migration. */
  @Override
  public List<String> warnings() {
    return migrations().notes();
  }

  /** Reads the scripts as UTF-8; migrations written in Java are unclear. */
  @Override
  public List<RevisionImpact> impacts() {
    return migrations().impacts();
  }

  /**
   * Finds the undo migration of the same version, {@code U1_2__Add_x}; its prefix is the default.
   */
  @Override
  public List<RevisionUndo> undos() {
    return migrations().undos();
  }

  /** Computes the checksums in the same way as Flyway, in UTF-8. */
  @Override
  public List<String> edited(Map<String, String> checksums) {
    return migrations().edited(checksums);
  }

  /**
   * Returns checksums in the same form as Flyway computes them in UTF-8, for versioned scripts
   * only.
   */
  @Override
  public Map<String, String> checksums() {
    return migrations().checksums();
  }

  @Override
  public String place() {
    return naming.pattern()
        + " in "
        + String.join(", ", locations.stream().map(FlywayLocation::text).toList());
  }

  private FlywayMigrations migrations() {
    Set<String> keys = new HashSet<>();
    FlywayMigrations migrations = new FlywayMigrations();
    FlywayClasses classes = new FlywayClasses(roots, loader);
    for (Object migration : given) {
      FlywayCompiledClasses.given(migration).ifPresent(one -> add(one, keys, migrations));
    }
    for (FlywayLocation location : locations) {
      Optional<List<MigrationFile>> files = location.files(roots, loader);
      if (files.isEmpty() && !classes.isPackage(location)) {
        throw location.missing(roots, loader);
      }
      for (MigrationFile file : files.orElse(List.of())) {
        if (keys.add(file.key())) {
          naming.ofScript(file.name()).ifPresent(name -> migrations.add(name, file));
          naming.ofUndo(file.name()).ifPresent(version -> migrations.addUndo(version, file));
        }
      }
      classes.in(location).forEach(one -> add(one, keys, migrations));
    }
    migrations.notes(classes.notes());
    return migrations;
  }

  private static void add(FlywayClass one, Set<String> keys, FlywayMigrations migrations) {
    if (keys.add(one.file().key())) {
      migrations.add(one.name(), one.file());
    }
  }
}
