// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.settings.PolicySettings;
import dev.schemaguard.settings.TimingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select the application: its matrix, its revision chain and its version. */
final class MatrixOptions {

  private static final Path SOURCES = Path.of("src/main/resources/schema-guard");
  private static final String STRUCTURE_VARIABLE = "SCHEMA_GUARD_STRUCTURE";

  @Option(
      names = "--app",
      paramLabel = "FILE",
      defaultValue = "${env:SCHEMA_GUARD_APP}",
      description =
          "The application's jar, war or exploded folder; matrix, chain and version are in it.")
  private @Nullable Path app;

  @Option(
      names = "--matrix",
      paramLabel = "FILE|URL",
      defaultValue = "${env:SCHEMA_GUARD_MATRIX}",
      description =
          "The compatibility.md to judge by; by default the one below src/main/resources.")
  private @Nullable String matrix;

  @Option(
      names = "--revisions",
      paramLabel = "FILE",
      defaultValue = "${env:SCHEMA_GUARD_REVISIONS}",
      description = "The chain; by default the revisions.txt beside the matrix.")
  private @Nullable Path revisions;

  @Option(
      names = "--app-version",
      paramLabel = "VERSION",
      defaultValue = "${env:SCHEMA_GUARD_APP_VERSION}",
      description = "The application version to judge for; by default the row current.")
  private @Nullable String version;

  @Option(
      names = "--accept",
      paramLabel = "NAME",
      description = {
        "Accept this newer migration anyway, by its exact name; repeatable, or several separated"
            + " by",
        "commas. Write \\, for a comma in a name."
      })
  private List<String> accepted = new ArrayList<>();

  @Option(
      names = "--structure",
      paramLabel = "enforce|warn|off",
      defaultValue = "${env:" + STRUCTURE_VARIABLE + "}",
      description = {
        "If the schema lacks what the schema file says: enforce, the default; warn, for a preflight",
        "of migrations that repair it; off, to compare nothing."
      })
  private String structure = "";

  /** Returns a builder of the guard for the application and the database that the options name. */
  SchemaGuardBuilder guard(DatabaseOptions database) {
    return guard(database, database.dataSource());
  }

  /** Returns a builder of the guard for the application and a database. */
  SchemaGuardBuilder guard(DatabaseOptions database, DataSource dataSource) {
    Subject subject = subject(database.timeout());
    SchemaGuardBuilder builder =
        SchemaGuard.builder(dataSource)
            .matrix(subject.matrix())
            .applicationVersion(subject.version())
            .tool(database.tool())
            .history(database.location())
            .assumeNew(database.isAssumedNew())
            .structure(structure())
            .environment(MatrixOptions::variable)
            .timeout(database.timeout());
    accepted.forEach(builder::accept);
    database.customTable().ifPresent(builder::customTable);
    return builder;
  }

  private Mode.Structure structure() {
    return structure.isBlank()
        ? Mode.Structure.ENFORCE
        : PolicySettings.structure("--structure", structure);
  }

  /** Returns the value of a variable, unless an option with the same meaning has its value. */
  private static @Nullable String variable(String name) {
    return name.equals(STRUCTURE_VARIABLE) ? null : System.getenv(name);
  }

  /** Returns the versions that are connected to a database; this needs no matrix. */
  ConnectedVersions connectedVersions(DatabaseOptions database) {
    if (app != null || matrix != null || revisions != null) {
      return guard(database).build().connectedVersions();
    }
    RevisionChain none = RevisionChain.parse(RevisionChain.NO_MIGRATIONS + "\n", "no chain");
    return SchemaGuard.builder(database.dataSource())
        .matrix(CompatibilityMatrix.ofChain(none))
        .timeout(database.timeout())
        .build()
        .connectedVersions();
  }

  /** Returns the matrix that the options name. */
  CompatibilityMatrix matrix() {
    return subject(TimingSettings.DEFAULT.timeout()).matrix();
  }

  /** What is checked: a matrix, and a version of its application. */
  private record Subject(CompatibilityMatrix matrix, @Nullable String version) {}

  private Subject subject(Duration timeout) {
    if (app != null) {
      if (matrix != null || revisions != null) {
        throw new ConfigurationException(
            "--app",
            "--app brings its own matrix and chain, so --matrix and --revisions have no meaning",
            "Leave one of them out.");
      }
      ApplicationArchive archive = ApplicationArchive.read(app);
      String asked = version() != null ? version() : archive.version();
      boolean own = asked == null || asked.equals(archive.version());
      return new Subject(archive.matrix(own), asked);
    }
    return new Subject(namedMatrix(timeout), version());
  }

  /** Returns the version to check; an empty environment variable counts as unset. */
  private @Nullable String version() {
    return version == null || version.isBlank() ? null : version;
  }

  /** Returns the matrix that a chain alone implies, with the schema files beside it. */
  private static CompatibilityMatrix ofChain(Path chain) {
    CompatibilityMatrix implied = CompatibilityMatrix.ofChain(RevisionChain.file(chain));
    // A file always has a folder.
    Path folder = Objects.requireNonNull(chain.toAbsolutePath().getParent());
    return new BundledSchemaFiles(folder + "/", BundledSchemaFiles.in(folder)).addTo(implied);
  }

  private CompatibilityMatrix namedMatrix(Duration timeout) {
    if (matrix != null && matrix.matches("(?s)[a-zA-Z]{2,10}:.*")) {
      return CompatibilityMatrix.url(matrix, timeout);
    }
    Path file = matrix == null ? SOURCES.resolve("compatibility.md") : Path.of(matrix);
    if (matrix == null && revisions != null) {
      return ofChain(revisions);
    }
    if (matrix == null && !Files.exists(file)) {
      Path chain = SOURCES.resolve("revisions.txt");
      if (Files.exists(chain)) {
        return ofChain(chain);
      }
      throw new ConfigurationException(
          "--matrix",
          "no matrix is named, and there is none below " + SOURCES,
          "Name one with --matrix FILE or --app FILE, or write a first one with the command init.");
    }
    return revisions == null
        ? CompatibilityMatrix.file(file)
        : CompatibilityMatrix.file(file, revisions);
  }

  /**
   * Returns the contents of the schema files beside the matrix and chain, by their locations. For a
   * matrix at a URL, none are known.
   */
  Map<String, String> schemaFiles() {
    if (app != null) {
      return SchemaArtifact.texts(app);
    }
    if (matrix != null && matrix.matches("(?s)[a-zA-Z]{2,10}:.*")) {
      return Map.of();
    }
    Path beside = matrix != null ? Path.of(matrix) : revisions;
    Path folder = beside == null ? SOURCES : beside.toAbsolutePath().getParent();
    return folder != null && Files.isDirectory(folder) ? SchemaArtifact.texts(folder) : Map.of();
  }
}
