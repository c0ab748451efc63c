// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that {@code init} adds to a project, apart from the revision chain: a matrix with one
 * row, the test that keeps the files up to date, and the merge setting of git for the revision
 * chain.
 *
 * @param application the application's name, from which the name of its strict variable is derived;
 *     empty if only the application itself can determine it
 * @param testPackage the package of the test; empty for the unnamed package
 * @param migrations the project's migrations; null if it has none yet
 * @param build the relevant content of the project's build files
 * @param recursive whether the sub-folders of Alembic's directory were read
 */
record InitFiles(
    String application,
    String testPackage,
    @Nullable InitMigrations migrations,
    BuildFile build,
    boolean recursive) {

  /** The path of the first changelog for an application that has no migrations yet. */
  private static final String FIRST_CHANGELOG = "db/changelog/db.changelog-master.yaml";

  /** The scope of a test dependency in Maven. */
  private static final String TEST = "     <scope>test</scope>\n";

  private static final String MERGE = "**/schema-guard/revisions.txt merge=union";

  /**
   * Writes the files that do not exist yet. Existing files are not changed, except {@code
   * .gitattributes}, to which a line is added.
   *
   * @param project the project's directory
   * @return the paths of the written files, relative to the project's directory
   */
  List<Path> writeTo(Path project) {
    List<Path> written = new ArrayList<>();
    Path matrix = Path.of("src/main/resources/schema-guard/compatibility.md");
    writeNew(project, matrix, matrix(), written);
    if (migrations != null) {
      writeNew(project, testPath(), test(migrations), written);
    }
    Path attributes = Path.of(".gitattributes");
    if (addLine(new TextFile(project.resolve(attributes)), MERGE)) {
      written.add(attributes);
    }
    return written;
  }

  private static void writeNew(Path project, Path path, String text, List<Path> written) {
    TextFile file = new TextFile(project.resolve(path));
    if (file.read() == null) {
      file.write(text);
      written.add(path);
    }
  }

  private static boolean addLine(TextFile file, String line) {
    String before = file.read();
    if (before != null && before.lines().anyMatch(line::equals)) {
      return false;
    }
    String start = before == null || before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    file.write((before == null ? "" : before) + start + line + "\n");
    return true;
  }

  private Path testPath() {
    return Path.of("src/test/java")
        .resolve(testPackage.replace('.', '/'))
        .resolve("SchemaGuardFilesTest.java");
  }

  private String matrix() {
    String heading =
        application.isEmpty()
            ? "# Schema compatibility\n\n"
            : "# %1$s: schema compatibility\n\nApplication: %1$s\n".formatted(application);
    return heading
        + """
        Unknown ahead: refused

        | App version | Expected head revision | Min compatible revision |
        |-------------|------------------------|-------------------------|
        | current | head | |
        """;
  }

  private String test(InitMigrations migrations) {
    return """
    %simport dev.schemaguard.build.SchemaFiles;
    import org.junit.jupiter.api.Test;

    class SchemaGuardFilesTest {

      @Test
      void schemaGuardFilesAreCurrent() {
        SchemaFiles.%s(%s)%s.verify();
      }
    }
    """
        .formatted(
            testPackage.isEmpty() ? "" : "package " + testPackage + ";\n\n",
            migrations.tool().factory(),
            migrations.arguments(),
            (recursive ? ".recursive()" : "")
                + (migrations.vendor().isEmpty()
                    ? ""
                    : ".vendor(\"" + migrations.vendor() + "\")"));
  }

  /**
   * Returns the remaining steps for the user, as text.
   *
   * @param guardVersion the version of this library
   */
  String nextSteps(String guardVersion) {
    return """

    Next, in this project:

    1. Add the dependencies (JUnit is there already in most projects):

    %s%s%s%s
    3. %s

    4. Run the tests, and commit the files. From now on the test adds new migrations to the chain.\
    """
        .formatted(
            dependency("dev.schemaguard", build.artifact(), guardVersion, ""),
            dependency("dev.schemaguard", "guard-build", guardVersion, TEST),
            toolDependency(),
            migrationsStep(),
            enforceStep());
  }

  private String enforceStep() {
    String strict = " it only warns; " + variable() + "=1 makes it strict for one start.";
    return switch (build.artifact()) {
      case BuildFile.SPRING ->
          "In application.properties: schema-guard.mode=strict\n\n   Without this setting" + strict;
      case BuildFile.SERVLET ->
          "In web.xml: the context parameter schema-guard.mode with the value strict\n\n"
              + "   Without it"
              + strict.replaceFirst(" it", ",");
      default ->
          """
          Before anything else uses the database:

               SchemaGuard.builder(dataSource).applicationVersion("1.0.0").mode(Mode.STRICT).build().enforce();

             Without .mode(Mode.STRICT)\
          """
                  .strip()
              + strict;
    };
  }

  private String dependency(String group, String artifact, String version, String more) {
    return build.gradle()
        ? "     "
            + (more.isEmpty() ? "implementation" : "testImplementation")
            + "(\"%s:%s:%s\")\n".formatted(group, artifact, version)
        : """
           <dependency>
             <groupId>%s</groupId>
             <artifactId>%s</artifactId>
             <version>%s</version>
        %s   </dependency>
        """
            .formatted(group, artifact, version, more)
            .indent(2);
  }

  /** Only Liquibase's changelogs are read by the tool itself, so only they need a dependency. */
  private String toolDependency() {
    boolean needed = migrations == null || migrations.tool() == InitTool.LIQUIBASE;
    return needed && !build.artifact().equals(BuildFile.SPRING)
        ? dependency(
            "org.liquibase",
            "liquibase-core",
            "4.33.0",
            TEST.stripTrailing() + "  <!-- omit the scope if the application migrates itself -->\n")
        : "";
  }

  private String migrationsStep() {
    return migrations != null
        ? """

        2. Look at what was written: schema-guard/revisions.txt holds the migrations of
           %s, schema-guard/compatibility.md which version needs them.
        """
            .formatted(String.join(", ", migrations.names()))
        : """

        2. No migrations were found, so revisions.txt says that there are none yet. If there are some, name
           them: --liquibase, --flyway, --alembic or --golang-migrate. Otherwise write the first one; with
           Liquibase, for example, to src/main/resources/%s:

             databaseChangeLog:
               - changeSet:
                   id: 0001_initial_schema
                   author: me
                   changes:
                     - createTable:
                         tableName: example
                         columns:
                           - column: { name: id, type: bigint, constraints: { primaryKey: true } }

           Then run init again: it adds the migration to the chain, and writes the test that keeps it fresh.
        """
            .formatted(FIRST_CHANGELOG);
  }

  private String variable() {
    return application.isEmpty()
        ? "SCHEMA_GUARD_STRICT"
        : application.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_")
            + "_STRICT_SCHEMA";
  }
}
