// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

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

/** The command {@code init}, which writes the files and the test that a project needs. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Make an application guarded: write the files of a new user.",
      "Migrations of Liquibase, Flyway, Alembic or golang-migrate are found by what is in the"
          + " files.",
      "Its matrix, its chain, the test that keeps them fresh, and a line of .gitattributes. What"
          + " is",
      "there already is left as it is."
    })
final class InitCommand implements Callable<Integer> {

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
      names = "--flyway",
      paramLabel = "LOCATION",
      description = "The location of Flyway's migrations, if it is not db/migration.")
  private @Nullable String flyway;

  @Option(
      names = "--alembic",
      paramLabel = "DIR",
      description = "The project's directory of Alembic revisions, if it has no usual name.")
  private @Nullable String alembic;

  @Option(
      names = "--golang-migrate",
      paramLabel = "DIR",
      description =
          "The project's directory of golang-migrate's migrations, if it has no usual name.")
  private @Nullable String golangMigrate;

  @Option(
      names = "--vendor",
      paramLabel = "NAME",
      description = {
        "The database whose folder of Flyway's migrations counts, as Spring Boot names it:",
        "postgresql, mysql, h2."
      })
  private String vendor = "";

  @Option(
      names = "--recursive",
      description = {
        "Read sub-folders of Alembic's directory, as with recursive_version_locations; not needed if",
        "alembic.ini says so."
      })
  private boolean recursive;

  @Option(
      names = "--classpath",
      paramLabel = "JAR",
      split = ",",
      description = {
        "A jar or directory with classes that the migrations use: custom changes of Liquibase, or",
        "compiled migrations of Flyway (and flyway-core); repeatable."
      })
  private List<String> classPath = new ArrayList<>();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The application's name; by default spring.application.name, else the name in the build"
              + " file, else the directory's.")
  private @Nullable String name;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "The package of the test; by default none.")
  private String testPackage = "";

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    Optional<InitMigrations> found = migrations();
    Path module = found.map(InitMigrations::module).orElse(Path.of(""));
    BuildFile build = BuildFile.of(project, module);
    String application = name(module);
    InitFiles files = new InitFiles(application, testPackage, found.orElse(null), recursive);
    List<Path> written = new ArrayList<>();
    writeChain(found, project.resolve(module), written);
    written.addAll(files.writeTo(project.resolve(module)));
    written.replaceAll(module::resolve);
    written.forEach(path -> output.printLine("wrote  " + path));
    if (written.isEmpty()) {
      output.print("Everything is there already; nothing was written.");
    }
    if (application.isEmpty()) {
      output.print(
          "The matrix names no application: spring.application.name is known only when the"
              + " application starts. --name gives another name.");
    }
    String version = Main.class.getPackage().getImplementationVersion();
    InitSteps steps = new InitSteps(application, found.orElse(null), build);
    output.print(steps.text(Objects.requireNonNullElse(version, "VERSION")));
    return 0;
  }

  private void writeChain(Optional<InitMigrations> found, Path directory, List<Path> written) {
    InitChain chain = new InitChain(directory, output);
    boolean changed =
        found.isEmpty()
            ? chain.writeEmpty()
            : chain.write(found.get().sources(project, new InitSettings(classPath, recursive)));
    if (changed) {
      written.add(InitChain.PATH);
    }
  }

  /** Empty if the name is known only when the application starts. */
  private String name(Path module) {
    return name != null
        ? name
        : new ApplicationName(ProjectTree.of(project), module).find().orElse("");
  }

  /** Returns the migrations that the options name, else those found in the project's files. */
  private Optional<InitMigrations> migrations() {
    List<InitMigrations> named = new ArrayList<>();
    if (changelog != null) {
      named.add(new InitMigrations(InitTool.LIQUIBASE, changelog(changelog), ""));
    }
    if (flyway != null) {
      named.add(
          new InitMigrations(InitTool.FLYWAY, Path.of(""), List.of(flyway.split(",")), vendor));
    }
    if (alembic != null) {
      named.add(new InitMigrations(InitTool.ALEMBIC, alembic, ""));
    }
    if (golangMigrate != null) {
      named.add(new InitMigrations(InitTool.GOLANG_MIGRATE, golangMigrate, ""));
    }
    if (named.size() > 1) {
      throw new ConfigurationException(
          "init", "one chain is of one tool", "Name the migrations of one tool.");
    }
    return named.isEmpty()
        ? InitMigrations.find(project, vendor, InitChoice.onTerminal())
        : Optional.of(named.get(0));
  }

  private String changelog(String named) {
    Path path = Path.of(named);
    Path below = path.startsWith(InitTool.RESOURCES) ? InitTool.RESOURCES.relativize(path) : path;
    Path file = project.resolve(InitTool.RESOURCES).resolve(below);
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          "--liquibase",
          "there is no " + file,
          "Name the changelog from src/main/resources: db/changelog/master.xml.");
    }
    return below.toString();
  }
}
