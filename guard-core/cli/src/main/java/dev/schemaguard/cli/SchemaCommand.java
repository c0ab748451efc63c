// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.MigratedDatabase;
import dev.schemaguard.build.SchemaFileUpdate;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code schema}, which writes or updates the schema file of a database product. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = SchemaDiffCommand.class,
    description = {
      "Write or update the schema file, schema-guard/schema.DBMS.txt, from a database.",
      "It lists the tables and columns that this version needs. The database must have all of the"
          + " migrations in the chain, and be of the product that production uses."
    })
final class SchemaCommand implements Callable<Integer> {

  private static final Path CHAIN = Path.of("src/main/resources/schema-guard/revisions.txt");

  @Option(
      names = "--matrix",
      paramLabel = "FILE",
      defaultValue = "${env:SCHEMA_GUARD_MATRIX}",
      description = "The compatibility.md beside which the file is; by default beside the chain.")
  private @Nullable Path matrix;

  @Option(
      names = "--revisions",
      paramLabel = "FILE",
      defaultValue = "${env:SCHEMA_GUARD_REVISIONS}",
      description =
          "The chain; by default beside the matrix, else"
              + " src/main/resources/schema-guard/revisions.txt.")
  private @Nullable Path revisions;

  @Option(
      names = "--leave-out",
      paramLabel = "PATTERN",
      description =
          "Tables and views that are not this application's, as for SQL's LIKE: 'audit_%%'; several"
              + " by commas, repeatable. The file keeps them.")
  private List<String> leftOut = new ArrayList<>();

  @Option(
      names = "--further-schemas",
      paramLabel = "NAME",
      description =
          "Schemas that the application uses besides that of the history; several by commas,"
              + " repeatable. Those that the file names already are read without this.")
  private List<String> furtherSchemas = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "REVISION",
      description = "For the first file: the database has the migrations up to this one only.")
  private @Nullable String revision;

  @Option(names = "--check", description = "Write nothing; exit 2 if the file is not current.")
  private boolean check;

  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    MigratedDatabase migrated = migrated();
    SchemaFileUpdate update = migrated.update(folder(), matrix());
    update.warnings().forEach(warning -> output.report("warning   " + warning));
    if (update.isCurrent()) {
      output.printLine(update.file() + " is current: " + update.size());
      return 0;
    }
    output.printLine(update.file() + ": " + update.summary());
    update.difference().forEach(line -> output.printLine(line.replace("\t", "  ")));
    if (check) {
      output.report(
          "Not current. If this release's migrations did that, run the same command without --check,"
              + " and commit the file. If not, the database has drifted: explain GUARD-DRIFTED");
      return Failure.CONFIGURATION;
    }
    update.writeTo(update.file());
    return 0;
  }

  private MigratedDatabase migrated() {
    MigratedDatabase migrated =
        MigratedDatabase.of(database.dataSource())
            .tool(database.tool())
            .history(database.location())
            .timeout(database.timeout())
            .furtherSchemas(separated(furtherSchemas))
            .leaveOut(separated(leftOut));
    migrated = revision == null ? migrated : migrated.at(revision);
    return database.customTable().map(migrated::customTable).orElse(migrated);
  }

  private static String[] separated(List<String> values) {
    List<String> all = new ArrayList<>();
    for (String value : values) {
      all.addAll(List.of(value.split(",", -1)));
    }
    return all.toArray(new String[0]);
  }

  private Path folder() {
    Path beside = matrix == null ? chain() : matrix;
    return Objects.requireNonNullElse(beside.getParent(), Path.of(""));
  }

  private Path chain() {
    if (revisions != null) {
      return revisions;
    }
    return matrix == null ? CHAIN : matrix.resolveSibling("revisions.txt");
  }

  private CompatibilityMatrix matrix() {
    Path document = matrix == null ? chain().resolveSibling("compatibility.md") : matrix;
    if (matrix == null && !Files.exists(chain())) {
      throw new ConfigurationException(
          "--revisions",
          "there is no chain " + chain() + ", so it is unknown what the database must have",
          "Generate it with schema-guard revisions, or name one.");
    }
    return matrix == null && !Files.exists(document)
        ? CompatibilityMatrix.ofChain(RevisionChain.file(chain()))
        : CompatibilityMatrix.file(document, chain());
  }
}
