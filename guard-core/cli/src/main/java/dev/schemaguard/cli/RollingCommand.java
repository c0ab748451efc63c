// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.MigrationSources;
import dev.schemaguard.build.rolling.RollingUpgrade;
import dev.schemaguard.build.rolling.UpgradePlan;
import dev.schemaguard.build.rolling.UpgradeSide;
import dev.schemaguard.history.Tool;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code rolling}, which plans an upgrade while the old version runs. */
@Command(
    name = "rolling",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "May the old and the new version run side by side while the database is migrated?",
      "And in which steps? By the matrices, chains, markers, schema files and migrations of both."
          + " With --url, from where this database stands, and with what is connected."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:rolling: migrate, then replace the instances one by one",
      " 2:usage or configuration",
      "11:staged: migrate a part, replace the instances, then migrate the rest",
      "12:recreate: stop the old version before the migration",
      "   With --url, as for preflight if the database cannot be migrated at all."
    })
final class RollingCommand implements Callable<Integer> {

  /** The formats of the plan. */
  enum Format {
    TEXT,
    JSON,
    MARKDOWN
  }

  @Option(
      names = "--from",
      required = true,
      paramLabel = "OLD",
      description = "The version that runs: its jar, war or folder, or its matrix or chain.")
  private Path from = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "NEW",
      description = "The version that is to run: the same kinds of files.")
  private Path to = Path.of("");

  @Option(
      names = "--from-version",
      paramLabel = "VERSION",
      description = "The version of OLD; by default the one in its jar.")
  private @Nullable String fromVersion;

  @Option(
      names = "--to-version",
      paramLabel = "VERSION",
      description = "The version of NEW; by default the one in its jar.")
  private @Nullable String toVersion;

  @Option(
      names = "--from-revisions",
      paramLabel = "FILE",
      description = "The chain of OLD, if --from is a matrix without one beside it.")
  private @Nullable Path fromRevisions;

  @Option(
      names = "--to-revisions",
      paramLabel = "FILE",
      description = "The chain of NEW, if --to is a matrix without one beside it.")
  private @Nullable Path toRevisions;

  @Option(
      names = "--from-schema-file",
      paramLabel = "FILE",
      description = "A schema.DBMS.txt of OLD that is elsewhere; repeatable.")
  private List<Path> fromSchemaFiles = new ArrayList<>();

  @Option(
      names = "--to-schema-file",
      paramLabel = "FILE",
      description = "A schema.DBMS.txt of NEW that is elsewhere; repeatable.")
  private List<Path> toSchemaFiles = new ArrayList<>();

  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final SourceOptions sources = new SourceOptions();
  @Mixin private final MigratorOptions migrator = new MigratorOptions();

  @Option(
      names = "--format",
      paramLabel = "text|json|markdown",
      defaultValue = "${env:SCHEMA_GUARD_FORMAT:-text}",
      description = "Form of the result; markdown for the comment on a pull request.")
  private Format format = Format.TEXT;

  @Option(names = "--plain", description = "ASCII only, and no colour.")
  private boolean plain;

  @Option(names = "--stacktrace", description = "Print the stack trace of a failure.")
  @SuppressWarnings("unused") // Failure finds this field by its name.
  private boolean stacktrace;

  @Override
  public Integer call() {
    Output output = new Output(plain);
    UpgradeSide old =
        new RollingSide("--from", from, fromVersion, fromRevisions, fromSchemaFiles).read();
    RollingSide named = new RollingSide("--to", to, toVersion, toRevisions, toSchemaFiles);
    ArtifactMigrations.Found next = migrations(named, named.read());
    RollingUpgrade upgrade = RollingUpgrade.of(old, next.side());
    if (database.isGiven()) {
      RollingDatabase read = RollingDatabase.read(database, migrator, next.side());
      if (!read.isMigratable()) {
        return refuse(read.preflight(), output);
      }
      upgrade =
          upgrade
              .startingAt(read.history())
              .whileConnected(read.preflight().connected())
              .waitingFor(read.unmet());
    } else {
      upgrade = upgrade.tool(tool(next.tool()));
      if (sources.product() != null) {
        upgrade = upgrade.on(sources.product());
      }
    }
    print(upgrade.plan(), output);
    if (!next.note().isEmpty()) {
      output.report("note: " + next.note());
    }
    return upgrade.plan().exitCode();
  }

  private ArtifactMigrations.Found migrations(RollingSide named, UpgradeSide side) {
    if (sources.isGiven()) {
      MigrationSources given = sources.sources();
      return new ArtifactMigrations.Found(
          side.withMigrations(given.read(), given.impacts()), sources.tool().toString(), "");
    }
    return named.isApplication()
        ? ArtifactMigrations.in(named.application(), side, Optional.ofNullable(sources.product()))
        : new ArtifactMigrations.Found(side, "", "");
  }

  private String tool(String found) {
    return database.tool() == Tool.AUTO ? found : database.tool().toString();
  }

  private void print(UpgradePlan plan, Output output) {
    switch (format) {
      case TEXT -> RollingText.print(plan, output);
      case JSON -> output.printRaw(RollingJson.of(plan));
      case MARKDOWN -> output.printRaw(RollingText.markdown(plan).stripTrailing());
    }
  }

  /** Prints why this database cannot be migrated to the new version at all. */
  private int refuse(Preflight preflight, Output output) {
    if (format == Format.JSON) {
      output.printRaw(
          new JsonObject()
              .put("decision", (String) null)
              .put("exit_code", preflight.exitCode())
              .put("reason", preflight.reason())
              .toString());
    } else if (format == Format.MARKDOWN) {
      output.printRaw("**No-go**: " + Markdown.text(preflight.reason()));
    } else {
      output.printLine("NO-GO: " + preflight.reason());
      preflight.actions().forEach(action -> output.printLine("  do", 13, action));
      output.printLine("The command preflight says more.");
    }
    return preflight.exitCode();
  }
}
