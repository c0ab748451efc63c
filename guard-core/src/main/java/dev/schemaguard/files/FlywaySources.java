// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.files;

import dev.schemaguard.change.RevisionEffect;
import dev.schemaguard.change.RevisionUndo;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MigrationVersion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The versioned migrations of Flyway, by the names of their files: scripts, and Java-based ones
 * ({@code V1_2__Add_x}, as source or class). No class is loaded and Flyway is not needed.
 * Immutable.
 *
 * <p>A baseline migration, {@code B3__all.sql}, is no revision of its own where a versioned one of
 * that version is there. Else its version is a revision: optional where older versioned migrations
 * are there, for a database that has run those never gets it; required where it is what is left of
 * them.
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

  private FlywaySources(
      List<FlywayLocation> locations,
      List<Path> roots,
      @Nullable ClassLoader loader,
      FlywayNaming naming) {
    this.locations = locations;
    this.roots = roots;
    this.loader = loader;
    this.naming = naming;
  }

  /**
   * Migrations in a project's directories.
   *
   * @param roots where the class path begins: {@code src/main/resources}, and for Java-based
   *     migrations {@code src/main/java}
   * @param locations as the application names them: {@code db/migration}, {@code
   *     classpath:db/migration}, {@code filesystem:sql}
   * @throws ConfigurationException for a location with wildcards or in a cloud, or for none
   */
  public static FlywaySources directories(List<Path> roots, String... locations) {
    return of(roots, null, locations);
  }

  /**
   * Migrations on the class path, everything on it included.
   *
   * @throws ConfigurationException for a location with wildcards or in a cloud, or for none
   */
  public static FlywaySources classPath(ClassLoader loader, String... locations) {
    return of(List.of(), loader, locations);
  }

  /** The same; on the class path are looked for those locations that no directory holds. */
  static FlywaySources of(List<Path> roots, @Nullable ClassLoader loader, String... locations) {
    if (locations.length == 0) {
      throw new ConfigurationException(
          "Flyway locations", "none is named", "Name those of the application: db/migration.");
    }
    return new FlywaySources(
        Arrays.stream(locations).map(FlywayLocation::parse).toList(),
        List.copyOf(roots),
        loader,
        FlywayNaming.DEFAULT);
  }

  /**
   * The same with other names of scripts.
   *
   * @param prefix Flyway's {@code sqlMigrationPrefix}, by default {@code V}
   * @param separator Flyway's {@code sqlMigrationSeparator}, by default {@code __}
   * @param suffixes Flyway's {@code sqlMigrationSuffixes}, by default {@code .sql}
   */
  public FlywaySources naming(String prefix, String separator, String... suffixes) {
    return with(new FlywayNaming(prefix, separator, List.of(suffixes), naming.baselinePrefix()));
  }

  /** The same with another {@code baselineMigrationPrefix}; by default it is {@code B}. */
  public FlywaySources baselinePrefix(String prefix) {
    return with(new FlywayNaming(naming.prefix(), naming.separator(), naming.suffixes(), prefix));
  }

  /**
   * Returns the same with the database's name in place of {@code {vendor}} in the locations, as
   * Spring Boot replaces it.
   *
   * @param name as Spring Boot spells it: {@code postgresql}, {@code mysql}, {@code h2}
   */
  public FlywaySources vendor(String name) {
    return new FlywaySources(
        locations.stream().map(location -> location.vendor(name)).toList(), roots, loader, naming);
  }

  private FlywaySources with(FlywayNaming other) {
    return new FlywaySources(locations, roots, loader, other);
  }

  /**
   * Reads the names: a revision for each version, in the order of their numbers.
   *
   * @throws ConfigurationException if a location is not there or cannot be read, or two migrations
   *     are of one version
   */
  @Override
  public List<SourceRevision> read() {
    return migrations().revisions();
  }

  /** Reads the scripts, as UTF-8; what is written in Java is unclear. */
  @Override
  public List<RevisionEffect> effects() {
    return migrations().effects();
  }

  /** By the undo migration of the same version, {@code U1_2__Add_x}; its prefix is the default. */
  @Override
  public List<RevisionUndo> undos() {
    return migrations().undos();
  }

  /** Computes their checksums as Flyway does, in UTF-8. */
  @Override
  public List<String> edited(Map<String, String> checksums) {
    return migrations().edited(checksums);
  }

  /** As Flyway computes them in UTF-8; of versioned scripts alone. */
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

  private Migrations migrations() {
    Map<String, MigrationFile> files = new LinkedHashMap<>();
    Migrations migrations = new Migrations();
    for (FlywayLocation location : locations) {
      for (MigrationFile file : location.files(roots, loader)) {
        // Sources and class of one migration have one key.
        String key = file.key().replaceFirst("\\.(?:java|kt|class)$", ".class");
        if (files.putIfAbsent(key, file) == null) {
          name(file, location).ifPresent(name -> migrations.add(name, file));
          naming.ofUndo(file.name()).ifPresent(version -> migrations.addUndo(version, file));
        }
      }
    }
    return migrations;
  }

  private Optional<FlywayName> name(MigrationFile file, FlywayLocation location) {
    Optional<FlywayName> script = naming.ofScript(file.name());
    return script.isPresent() || location.onDisk() ? script : FlywayNaming.ofClass(file.name());
  }

  /** The migrations found so far, by their versions. */
  private static final class Migrations {

    private record Found(FlywayName name, MigrationFile file) {}

    private final NavigableMap<MigrationVersion, Found> versioned = new TreeMap<>();
    private final NavigableMap<MigrationVersion, Found> baselines = new TreeMap<>();
    private final Map<MigrationVersion, MigrationFile> undos = new HashMap<>();

    void add(FlywayName name, MigrationFile file) {
      Found twin =
          (name.baseline() ? baselines : versioned)
              .putIfAbsent(name.version(), new Found(name, file));
      if (twin != null) {
        throw new ConfigurationException(
            file.where(),
            "it has the version " + name.version() + ", as has " + twin.file().where(),
            "Give one of the two another version: to Flyway 1, 001 and 1.0 are equal.");
      }
    }

    void addUndo(MigrationVersion version, MigrationFile file) {
      undos.putIfAbsent(version, file);
    }

    List<RevisionUndo> undos() {
      return all().stream().map(this::undo).toList();
    }

    private RevisionUndo undo(Found found) {
      String version = found.name().written();
      MigrationFile undo = undos.get(found.name().version());
      return undo == null
          ? RevisionUndo.none(version, "there is no undo migration, U" + version)
          : RevisionUndo.by(version, undo.changes(), found.file().changes());
    }

    private Collection<Found> all() {
      NavigableMap<MigrationVersion, Found> all = new TreeMap<>(baselines);
      all.putAll(versioned);
      return all.values();
    }

    List<RevisionEffect> effects() {
      return all().stream()
          .map(found -> RevisionEffect.of(found.name().written(), found.file().changes()))
          .toList();
    }

    List<String> edited(Map<String, String> checksums) {
      Map<MigrationVersion, String> recorded = new HashMap<>();
      checksums.forEach(
          (name, checksum) ->
              MigrationVersion.parse(name).ifPresent(version -> recorded.put(version, checksum)));
      return versioned.entrySet().stream()
          .filter(entry -> isEdited(entry.getValue().file(), recorded.get(entry.getKey())))
          .map(entry -> entry.getValue().name().written())
          .toList();
    }

    Map<String, String> checksums() {
      Map<String, String> checksums = new LinkedHashMap<>();
      for (Found found : versioned.values()) {
        found.file().checksum().ifPresent(sum -> checksums.put(found.name().written(), sum));
      }
      return checksums;
    }

    private static boolean isEdited(MigrationFile file, @Nullable String recorded) {
      return recorded != null
          && file.checksum().isPresent()
          && !recorded.equals(file.checksum().get());
    }

    List<SourceRevision> revisions() {
      return all().stream()
          .map(Found::name)
          .map(name -> name.revision(name.baseline() && isPassedOver(name.version())))
          .toList();
    }

    /** Whether a database may have come past a baseline by what it stands for. */
    private boolean isPassedOver(MigrationVersion baseline) {
      return versioned.lowerKey(baseline) != null;
    }
  }
}
