// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.build.SchemaFiles;
import dev.schemaguard.matrix.ConfigurationException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The freshness test as Gradle runs it: in the project's directory, with a class path of {@code
 * build/classes/java} and {@code build/resources} into which the resources were copied before.
 */
class GradleLayoutTest {

  /** The test of the project. */
  static final class Freshness {
    void liquibase() {
      SchemaFiles.liquibase("db/changelog/master.sql").withChecksums().verify();
    }

    void flywayAndAlembic() {
      SchemaFiles alembic = SchemaFiles.alembic("migrations/versions");
      try {
        SchemaFiles.flyway("db/migration").verify();
      } catch (AssertionError flyway) {
        throw new AssertionError(flyway.getMessage() + told(alembic));
      }
    }

    private static String told(SchemaFiles files) {
      try {
        files.verify();
        return "";
      } catch (ConfigurationException e) {
        return "\n" + e.getMessage();
      }
    }
  }

  @TempDir private Path project;

  @Test
  void findsLiquibasesChangelogAndWritesBesideTheSources() throws Exception {
    write("src/main/resources/db/changelog/master.sql", changelog("int"));

    assertThat(test("liquibase").err()).contains("revisions.txt: 1 line added, commit it");
    assertThat(read("src/main/resources/schema-guard/revisions.txt"))
        .endsWith("\ndb/changelog/master.sql::1::ann\n");
    assertThat(project.resolve("build/resources/main/schema-guard")).doesNotExist();

    write("src/main/resources/db/changelog/master.sql", changelog("bigint"));
    assertThat(test("liquibase").err())
        .contains("a migration was edited after the checksum had been committed")
        .doesNotContain("commit it");
  }

  @Test
  void findsFlywaysMigrationsInBothSourceFoldersAndAlembicsBelowTheProject() throws Exception {
    write("src/main/resources/db/migration/V1__a.sql", "SELECT 1;\n");
    compiled(
        "db/migration/V2__B.java",
        """
        package db.migration;
        public class V2__B extends org.flywaydb.core.api.migration.BaseJavaMigration {
          @Override
          public void migrate(org.flywaydb.core.api.migration.Context context) {}
        }
        """);
    write("migrations/versions/a1_x.py", "revision = 'a1'\ndown_revision = None\n");

    assertThat(test("flywayAndAlembic").err())
        .contains("+ 1\talias=1_a\n+ 2\talias=2_B")
        .contains("2 lines are no longer in the sources")
        .contains("1, 2");
  }

  private static String changelog(String type) {
    return "--liquibase formatted sql\n--changeset ann:1\nCREATE TABLE a (id " + type + ");\n";
  }

  /** Copies the resources, as the task processResources does, then runs one test. */
  private CliProcess.Result test(String method) throws IOException, InterruptedException {
    Path sources = project.resolve("src/main/resources");
    Path copies = project.resolve("build/resources/main");
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = copies.resolve(sources.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    String classPath =
        String.join(
            File.pathSeparator,
            project.resolve("build/classes/java/main").toString(),
            copies.toString(),
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    return new CliProcess()
        .in(project)
        .runClass(classPath, GeneratedTestRun.class.getName(), Freshness.class.getName(), method);
  }

  /** Writes a source and compiles it, as the task compileJava does. */
  private void compiled(String name, String source) throws IOException {
    write("src/main/java/" + name, source);
    Path classes = project.resolve("build/classes/java/main");
    Files.createDirectories(classes);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-d",
                classes.toString(),
                project.resolve("src/main/java").resolve(name).toString());
    assertThat(result).isZero();
  }

  private String read(String name) throws IOException {
    return Files.readString(project.resolve(name));
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
