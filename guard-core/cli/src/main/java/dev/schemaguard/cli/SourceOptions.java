// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.AlembicSources;
import dev.schemaguard.build.ChainFile;
import dev.schemaguard.build.FlywaySources;
import dev.schemaguard.build.GolangMigrateSources;
import dev.schemaguard.build.LiquibaseSources;
import dev.schemaguard.build.MigrationSources;
import dev.schemaguard.build.SourceRevision;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The options that locate the migrations. */
final class SourceOptions {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final List<Path> CLASS_PATH =
      Stream.concat(
              Stream.of(RESOURCES),
              Stream.of("java", "kotlin", "groovy", "scala").map(RESOURCES::resolveSibling))
          .toList();
  private static final List<String> ALL_KINDS =
      List.of("--liquibase", "--flyway", "--alembic", "--golang-migrate");

  @Option(
      names = "--liquibase",
      paramLabel = "CHANGELOG",
      description = {
        "The Liquibase changelog, as the application names it (db/changelog/master.yaml) or as a",
        "file below src/main/resources."
      })
  private @Nullable String changelog;

  @Mixin private final FlywayOptions flyway = new FlywayOptions();

  @Option(
      names = "--alembic",
      paramLabel = "DIR",
      description = "A directory of Alembic revisions, migrations/versions; repeatable.")
  private List<Path> alembic = new ArrayList<>();

  @Option(
      names = "--recursive",
      description = {
        "Read sub-folders of these directories, as Alembic does with recursive_version_locations;",
        "not needed if alembic.ini, in a folder above, says so."
      })
  private boolean recursive;

  @Option(
      names = "--golang-migrate",
      paramLabel = "DIR",
      description = "The directory of golang-migrate's migrations.")
  private @Nullable Path golangMigrate;

  @Option(
      names = "--search-path",
      paramLabel = "DIR",
      split = ",",
      description = {
        "A folder that the paths of a changelog, or locations of Flyway, begin in; repeatable. By",
        "default src/main/resources, for Flyway also src/main/java, kotlin, groovy and scala."
      })
  private List<String> searchPath = new ArrayList<>();

  @Option(
      names = "--classpath",
      paramLabel = "JAR",
      split = ",",
      description = {
        "A jar or directory with custom changes or extensions that the Liquibase changelog uses, or",
        "with the compiled migrations of Flyway (and flyway-core); repeatable."
      })
  private List<String> classPath = new ArrayList<>();

  @Option(
      names = "--dbms",
      paramLabel = "PRODUCT",
      description = {
        "The database product that the Liquibase changelog is read for (postgresql), if paths, ids",
        "or checksums depend on it."
      })
  private @Nullable String dbms;

  @Option(
      names = "--contexts",
      paramLabel = "FILTER",
      description = "Production's contexts: what they exclude is optional.")
  private @Nullable String contexts;

  @Option(
      names = "--labels",
      paramLabel = "FILTER",
      description = "Production's label expression: what it excludes is optional.")
  private @Nullable String labels;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "A value for $${NAME} in the changelog; repeatable.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** Returns the database product by Liquibase's short name; null if none is named. */
  @Nullable String product() {
    return dbms == null ? null : dbms.toLowerCase(Locale.ROOT);
  }

  boolean isGiven() {
    return !kinds().isEmpty();
  }

  /**
   * Returns the command that generates a revision chain from these migrations, ready to be pasted.
   */
  String revisionsCommand(Path chain) {
    Set<String> own = CommandSpec.forAnnotatedObject(new SourceOptions()).optionsMap().keySet();
    ParseResult given = Objects.requireNonNull(command).commandLine().getParseResult();
    ShellCommand line = new ShellCommand("schema-guard revisions");
    for (OptionSpec option : given.matchedOptions()) {
      if (own.contains(option.longestName())) {
        line.add(option);
      }
    }
    return line.add("--revisions", chain.toString()).toString();
  }

  /**
   * Returns the tool whose migrations are named; AUTO if there are none, or those of several tools.
   */
  Tool tool() {
    List<String> kinds = kinds();
    return kinds.size() == 1
        ? new ToolConverter().convert(kinds.get(0).substring("--".length()))
        : Tool.AUTO;
  }

  /** Reads the migrations, oldest first. */
  List<SourceRevision> read() {
    return sources().read();
  }

  /**
   * Reads the migrations that a revision chain is generated from or compared with, oldest first.
   *
   * @throws ConfigurationException if there are none, and the revision chain does not state this
   */
  List<SourceRevision> read(ChainFile chain) {
    MigrationSources sources = sources();
    List<SourceRevision> revisions = sources.read();
    chain.requireMigrations(sources, revisions);
    return revisions;
  }

  /** Returns the sources of the migrations. */
  MigrationSources sources() {
    List<String> kinds = kinds();
    if (kinds.size() != 1) {
      throw new ConfigurationException(
          String.join(", ", kinds.isEmpty() ? ALL_KINDS : kinds),
          kinds.isEmpty() ? "no migrations are named" : "one chain is of one tool",
          "Write one of them: --liquibase db/changelog/master.yaml, --flyway db/migration,"
              + " --alembic migrations/versions or --golang-migrate db/migrations.");
    }
    requireOwnOptions();
    if (changelog != null) {
      return liquibase(changelog);
    }
    if (flyway.isGiven()) {
      FlywaySources sources = flyway.sources(searchPath.isEmpty() ? CLASS_PATH : searchPath());
      return classPath.isEmpty() ? sources : sources.classes(ClassPathOption.loader(classPath));
    }
    return golangMigrate != null ? GolangMigrateSources.directory(golangMigrate) : alembic();
  }

  private AlembicSources alembic() {
    AlembicSources sources = AlembicSources.directories(alembic.toArray(Path[]::new));
    return recursive ? sources.recursive() : sources;
  }

  /** Returns the options of the tool's own commands that locate the migrations. */
  Map<String, String> toolOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    if (changelog != null) {
      options.put("--changelog-file=", new ChangelogPath(changelog, searchPath()).name());
    }
    if (golangMigrate != null) {
      options.put("-path ", golangMigrate.toString());
    }
    return options;
  }

  private List<String> kinds() {
    List<Boolean> given =
        List.of(changelog != null, flyway.isGiven(), !alembic.isEmpty(), golangMigrate != null);
    return IntStream.range(0, given.size()).filter(given::get).mapToObj(ALL_KINDS::get).toList();
  }

  private void requireOwnOptions() {
    boolean filtered = contexts != null || labels != null || dbms != null || !parameters.isEmpty();
    if (filtered && changelog == null) {
      throw unused("--contexts, --labels, --parameter, --dbms", "Liquibase's");
    }
    if (!classPath.isEmpty() && changelog == null && !flyway.isGiven()) {
      throw unused("--classpath", "Liquibase's and Flyway's");
    }
    if (flyway.hasSettings() && !flyway.isGiven()) {
      throw unused("--flyway-setting, --vendor", "Flyway's");
    }
    if (recursive && alembic.isEmpty()) {
      throw unused("--recursive", "Alembic's");
    }
    if (!searchPath.isEmpty() && changelog == null && !flyway.isGiven()) {
      throw unused("--search-path", "Liquibase's and Flyway's");
    }
  }

  private ConfigurationException unused(String options, String owner) {
    return new ConfigurationException(
        options,
        "they are " + owner + ", and have no meaning with " + kinds().get(0),
        "Leave them out, or name the migrations of that tool instead.");
  }

  private LiquibaseSources liquibase(String changelog) {
    ChangelogPath path = new ChangelogPath(changelog, searchPath());
    LiquibaseSources sources =
        LiquibaseSources.directory(path.directories().get(0), path.name())
            .searchPath(path.directories().toArray(Path[]::new))
            .loader(ClassPathOption.loader(classPath));
    if (dbms != null) {
      sources = sources.on(dbms.toLowerCase(Locale.ROOT), null);
    }
    if (contexts != null) {
      sources = sources.contexts(contexts);
    }
    if (labels != null) {
      sources = sources.labels(labels);
    }
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      sources = sources.parameter(parameter.getKey(), parameter.getValue());
    }
    return sources;
  }

  /** Returns the folders that were named; empty if there are none. */
  private List<Path> searchPath() {
    return PathList.of(searchPath);
  }
}
