// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.files.ChainFile;
import dev.schemaguard.files.ChainUpdate;
import dev.schemaguard.files.LiquibaseSources;
import dev.schemaguard.files.SourceRevision;
import dev.schemaguard.files.TextFile;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the files and the test of a new user. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Make an application guarded: write the files of a new user.",
      "Its matrix, its chain, the test that keeps them fresh, and a line of .gitattributes. What is",
      "there already is left as it is."
    })
final class InitCommand implements Callable<Integer> {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final List<String> USUAL_CHANGELOGS =
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

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "The project's directory; by default this one.")
  private Path project = Path.of("");

  @Option(
      names = "--liquibase",
      paramLabel = "CHANGELOG",
      description = "The Liquibase changelog below src/main/resources, if it has no usual name.")
  private @Nullable String changelog;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The application's name; by default that of the project's directory.")
  private @Nullable String name;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "The package of the test; by default none.")
  private String testPackage = "";

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    Optional<String> found = changelog();
    StarterFiles files =
        new StarterFiles(name(), testPackage, found.orElse(USUAL_CHANGELOGS.get(0) + ".yaml"));
    List<Path> written = new ArrayList<>();
    writeChain(found, written);
    written.addAll(files.writeTo(project));
    written.forEach(path -> output.print("wrote  " + path));
    if (written.isEmpty()) {
      output.print("Everything is there already; nothing was written.");
    }
    String version = Main.class.getPackage().getImplementationVersion();
    output.print(
        files.nextSteps(Objects.requireNonNullElse(version, "VERSION"), found.isPresent()));
    return 0;
  }

  private void writeChain(Optional<String> master, List<Path> written) {
    Path chain = RESOURCES.resolve("schema-guard/revisions.txt");
    TextFile file = new TextFile(project.resolve(chain));
    List<SourceRevision> sources =
        master.isEmpty()
            ? List.of()
            : LiquibaseSources.directory(project.resolve(RESOURCES), master.get()).read();
    ChainUpdate update = ChainFile.read(project.resolve(chain)).update(sources);
    update.requireNothingVanished();
    if (!update.isCurrent() || file.read() == null) {
      file.write(update.text());
      written.add(chain);
    }
  }

  private String name() {
    if (name != null) {
      return name;
    }
    Path directory = project.toAbsolutePath().normalize().getFileName();
    return Objects.toString(directory, "application");
  }

  private Optional<String> changelog() {
    if (changelog == null) {
      return usualChangelog();
    }
    Path path = Path.of(changelog);
    Path below = path.startsWith(RESOURCES) ? RESOURCES.relativize(path) : path;
    if (!Files.isRegularFile(project.resolve(RESOURCES).resolve(below))) {
      throw new ConfigurationException(
          "--liquibase",
          "there is no " + project.resolve(RESOURCES).resolve(below),
          "Name the changelog from src/main/resources: db/changelog/master.xml.");
    }
    return Optional.of(below.toString());
  }

  private Optional<String> usualChangelog() {
    for (String start : USUAL_CHANGELOGS) {
      for (String ending : ENDINGS) {
        if (Files.isRegularFile(project.resolve(RESOURCES).resolve(start + ending))) {
          return Optional.of(start + ending);
        }
      }
    }
    return Optional.empty();
  }
}
