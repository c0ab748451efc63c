// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.files.TextFile;
import dev.schemaguard.matrix.ChangesetKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a new user of Schema Guard adds to a project, apart from the chain: a matrix of one row, the
 * test that keeps the files fresh, and how git merges the chain.
 *
 * @param application the application's name, which also names its strict variable
 * @param testPackage the package of the test; empty: none
 * @param migrations those that it has, or the changelog that it is told to write
 */
record StarterFiles(String application, String testPackage, StarterMigrations migrations) {

  private static final String MERGE = "**/schema-guard/revisions.txt merge=union";

  /**
   * Writes the files that are not there yet. A file that is there is left as it is, but for {@code
   * .gitattributes}, which gets a line more.
   *
   * @param project the project's directory
   * @return the paths that were written, from the project's directory
   */
  List<Path> writeTo(Path project) {
    List<Path> written = new ArrayList<>();
    Path matrix = Path.of("src/main/resources/schema-guard/compatibility.md");
    writeNew(project, matrix, matrix(), written);
    writeNew(project, testPath(), test(), written);
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
    return """
        # %1$s: schema compatibility

        Application: %1$s
        Unknown ahead: refused

        | App version | Expected head revision | Min compatible revision |
        |-------------|------------------------|-------------------------|
        | current | head | |
        """
        .formatted(application);
  }

  private String test() {
    return """
        %simport dev.schemaguard.files.SchemaFiles;
        import org.junit.jupiter.api.Test;

        class SchemaGuardFilesTest {

          @Test
          void schemaGuardFilesAreCurrent() {
            SchemaFiles.%s("%s").verify();
          }
        }
        """
        .formatted(
            testPackage.isEmpty() ? "" : "package " + testPackage + ";\n\n",
            migrations.tool().factory(),
            ChangesetKey.normalize(migrations.name()));
  }

  /**
   * What is left for the user to do, as text.
   *
   * @param guardVersion the version of this library
   * @param found whether the migrations are there
   */
  String nextSteps(String guardVersion, boolean found) {
    return """

        Next, in this project:

        1. Add the dependencies (JUnit is there already in most projects):

             <dependency>
               <groupId>dev.schemaguard</groupId>
               <artifactId>guard-core</artifactId>
               <version>%s</version>
             </dependency>
        %s%s
        3. Before anything else uses the database:

             SchemaGuard.builder(dataSource).applicationVersion("1.0.0").mode(Mode.STRICT).build().enforce();

           Without .mode(Mode.STRICT) it only warns; %s_STRICT_SCHEMA=1 makes it strict for one start.

        4. Run the tests, and commit the files. From now on the test adds new migrations to the chain."""
        .formatted(guardVersion, toolDependency(), migrationsStep(found), variable());
  }

  /** Only Liquibase's changelogs are read by the tool itself. */
  private String toolDependency() {
    return migrations.tool() == StarterTool.LIQUIBASE
        ? """
             <dependency>
               <groupId>org.liquibase</groupId>
               <artifactId>liquibase-core</artifactId>
               <version>4.33.0</version>
               <scope>test</scope>  <!-- leave the scope out if the application migrates itself -->
             </dependency>
        """
        : "";
  }

  private String migrationsStep(boolean found) {
    return found
        ? """

        2. Look at what was written: schema-guard/revisions.txt holds the migrations of
           %s, schema-guard/compatibility.md which version needs them.
        """
            .formatted(migrations.name())
        : """

        2. There is no changelog yet. Write the first one to src/main/resources/%s:

             databaseChangeLog:
               - changeSet:
                   id: 0001_initial_schema
                   author: me
                   changes:
                     - createTable:
                         tableName: example
                         columns:
                           - column: { name: id, type: bigint, constraints: { primaryKey: true } }

           The test of step 4 then adds it to the chain, once, and asks you to commit that.
        """
            .formatted(migrations.name());
  }

  private String variable() {
    return application.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
