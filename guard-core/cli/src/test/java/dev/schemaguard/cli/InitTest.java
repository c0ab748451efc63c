// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code init} finds in a project, and writes of it; that it can be followed: CliIT. */
class InitTest {

  private static final String REVISION = "revision = 'a1'\ndown_revision = None\n";

  private static final String JAVA =
      """
      package db.migration;
      import org.flywaydb.core.api.migration.*;
      public class V1_2__A extends BaseJavaMigration {}
      """;

  @TempDir private Path project;

  @ParameterizedTest
  @CsvSource({
    "src/main/resources/db/migration/V1__a.sql, '', 1, flyway, db/migration",
    "src/main/java/db/migration/V1_2__A.java, '', 1.2, flyway, db/migration",
    "src/main/resources/sql/V1__a.sql, --flyway sql, 1, flyway, sql",
    "alembic/versions/a.py, '', a1, alembic, alembic/versions",
    "migrations/versions/a.py, '', a1, alembic, migrations/versions",
    "py/revisions/a.py, --alembic py/revisions, a1, alembic, py/revisions",
    "db/migrations/0007_a.up.sql, '', 0007, golangMigrate, db/migrations",
    "sql/0007_a.up.sql, --golang-migrate sql, 0007, golangMigrate, sql",
  })
  void writesTheChainAndTheTestOfTheMigrationsThatAreThere(
      String file, String options, String revision, String factory, String place)
      throws IOException {
    write(file, file.endsWith(".py") ? REVISION : file.endsWith(".java") ? JAVA : "");

    assertThat(init(options)).isZero();

    assertThat(project.resolve("src/main/resources/schema-guard/revisions.txt"))
        .content()
        .containsPattern("\n" + revision + "\talias=");
    assertThat(project.resolve("src/main/resources/schema-guard/compatibility.md")).exists();
    assertThat(project.resolve("src/test/java/SchemaGuardFilesTest.java"))
        .content()
        .contains("SchemaFiles.%s(\"%s\").verify();".formatted(factory, place));
  }

  @Test
  void readsWhereAlembicsSettingsSayThatItsScriptsAre() throws IOException {
    write("alembic.ini", "[alembic]\nscript_location = %(here)s/app/db\n");
    write("app/db/versions/a.py", REVISION);

    assertThat(init("")).isZero();

    assertThat(project.resolve("src/test/java/SchemaGuardFilesTest.java"))
        .content()
        .contains("SchemaFiles.alembic(\"app/db/versions\")");
  }

  @Test
  void asksWhichToolIsMeantWhereThereAreMigrationsOfSeveral() throws IOException {
    write("src/main/resources/db/migration/V1__a.sql", "");
    write("migrations/0001_a.up.sql", "");

    assertThat(init("")).isEqualTo(2);
    assertThat(init("--flyway db/migration --golang-migrate migrations")).isEqualTo(2);
    assertThat(project.resolve("src")).isDirectoryNotContaining("glob:**/test");

    assertThat(init("--golang-migrate migrations")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "config/liquibase/master.xml, config/liquibase/changelog/0000_init.xml",
    "META-INF/jpa-changelog-master.xml, META-INF/jpa-changelog-1.0.0.xml",
    "db/changeLog.xml, db/changes/one.xml",
    "db/liquibase-changelog.xml, databasemigrations/a.xml"
  })
  void findsTheChangelogThatNoOtherIncludes(String master, String included) throws IOException {
    String root =
        "<?xml version=\"1.0\"?>\n<databaseChangeLog"
            + " xmlns=\"http://www.liquibase.org/xml/ns/dbchangelog\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xsi:schemaLocation=\"http://www.liquibase.org/xml/ns/dbchangelog"
            + " http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd\">%s</databaseChangeLog>";
    String resources = "src/main/resources/";
    write(resources + master, root.formatted("<include file=\"" + included + "\"/>"));
    write(resources + included, root.formatted("<changeSet id=\"1\" author=\"a\"/>"));
    write(resources + "other.xml", "<beans/>");

    assertThat(init("")).isZero();

    assertThat(project.resolve("src/test/java/SchemaGuardFilesTest.java"))
        .content()
        .contains("SchemaFiles.liquibase(\"" + master + "\").verify();");
  }

  @Test
  void findsFlywaysFolderOfAnyName() throws IOException {
    write("src/main/resources/migrations/postgres/V1__a.sql", "");

    assertThat(init("")).isZero();

    assertThat(project.resolve("src/test/java/SchemaGuardFilesTest.java"))
        .content()
        .contains("SchemaFiles.flyway(\"migrations/postgres\").verify();");
  }

  @Test
  void asksForTheDatabaseIfEachHasAFolder() throws IOException {
    for (String vendor : new String[] {"h2", "mysql", "postgresql"}) {
      write("src/main/resources/db/migration/" + vendor + "/V1__a.sql", "");
    }

    assertThat(init("")).isEqualTo(2);
    assertThat(project.resolve("src/main/resources/schema-guard")).doesNotExist();
    assertThat(init("--vendor postgresql")).isZero();

    assertThat(project.resolve("src/test/java/SchemaGuardFilesTest.java"))
        .content()
        .contains("SchemaFiles.flyway(\"db/migration/{vendor}\").vendor(\"postgresql\").verify();");
  }

  @Test
  void writesIntoTheOnlyModuleThatHasMigrations() throws IOException {
    write("settings.gradle.kts", "include(\"web\", \"store\")");
    write("web/build.gradle.kts", "");
    write("store/build.gradle.kts", "plugins { id(\"org.springframework.boot\") }");
    write("store/src/main/resources/db/migration/V1__a.sql", "");
    write("store/src/main/resources/application.yml", "spring:\n  application:\n    name: shop\n");

    assertThat(init("")).isZero();

    assertThat(project.resolve("store/src/main/resources/schema-guard/compatibility.md"))
        .content()
        .contains("Application: shop");
    assertThat(BuildFile.of(project, Path.of("store")))
        .isEqualTo(new BuildFile(BuildFile.SPRING, true));

    write("web/src/main/resources/db/migration/V1__a.sql", "");
    assertThat(init("")).isEqualTo(2);
  }

  @Test
  void saysThatThereAreNoMigrationsYetAndWritesNoTest() throws IOException {
    assertThat(init("")).isZero();

    assertThat(project.resolve("src/main/resources/schema-guard/revisions.txt"))
        .hasContent("# no migrations yet");
    assertThat(project.resolve("src/test")).doesNotExist();
    assertThat(init("")).isZero();

    write("src/main/resources/db/migration/V1__a.sql", "");
    assertThat(init("")).isZero();
    assertThat(project.resolve("src/main/resources/schema-guard/revisions.txt"))
        .content()
        .endsWith("\n1\talias=1_a\n");
    assertThat(project.resolve("src/test")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application.properties | spring.flyway.locations=classpath:db/migration,classpath:/db/data | db/migration\", \"db/data",
        "application.properties | spring.flyway.locations[0]=db/data | db/data",
        "application.yml | spring:%n  flyway:%n    locations:%n      - classpath:db/data%n      - db/migration%n | db/data\", \"db/migration",
        "application.yaml | spring.flyway.locations: [ 'classpath:db/data' ] | db/data",
      })
  void takesTheLocationsThatSpringBootsSettingsName(String file, String text, String names)
      throws IOException {
    write("src/main/resources/db/migration/V1__a.sql", "");
    write("src/main/resources/db/data/V2__b.sql", "");
    assertThat(init("")).isEqualTo(2);

    write("src/main/resources/" + file, text.replace("%n", "\n"));
    assertThat(init("")).isZero();

    assertThat(project.resolve("src/test/java/SchemaGuardFilesTest.java"))
        .content()
        .contains("SchemaFiles.flyway(\"" + names + "\").verify();");
  }

  @Test
  void takesTheChangelogThatSpringBootsSettingsNameThoughAnotherIncludesIt() throws IOException {
    String changeset = "--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n";
    write("src/main/resources/db/one.sql", changeset);
    write("src/main/resources/db/two.sql", changeset);
    write("src/main/resources/db/all.yaml", "databaseChangeLog:\n- include: {file: db/one.sql}\n");
    write(
        "src/main/resources/application.properties",
        "spring.liquibase.change-log = classpath:/db/one.sql\n");

    assertThat(init("")).isZero();

    assertThat(project.resolve("src/test/java/SchemaGuardFilesTest.java"))
        .content()
        .contains("SchemaFiles.liquibase(\"db/one.sql\").verify();");
  }

  @Test
  void findsKotlinMigrationsByTheirPackage() throws IOException {
    write(
        "src/main/kotlin/migration/Migrations.kt",
        """
        package com.acme.db
        import org.flywaydb.core.api.migration.*
        class V1__a : BaseJavaMigration()
        class V2__b : BaseJavaMigration()
        """);
    write("src/main/resources/application.properties", "spring.flyway.locations=com/acme/db\n");

    assertThat(init("")).isZero();

    assertThat(project.resolve("src/main/resources/schema-guard/revisions.txt"))
        .content()
        .endsWith("\n1\talias=1_a\n2\talias=2_b\n");
  }

  @Test
  void readsSubFoldersOfAlembicIfAsked() throws IOException {
    write("migrations/versions/a.py", REVISION);
    write("migrations/versions/2024/b.py", "revision = 'b2'\ndown_revision = 'a1'\n");

    assertThat(init("--recursive")).isZero();

    assertThat(project.resolve("src/main/resources/schema-guard/revisions.txt"))
        .content()
        .contains("b2\talias=");
    assertThat(project.resolve("src/test/java/SchemaGuardFilesTest.java"))
        .content()
        .contains("SchemaFiles.alembic(\"migrations/versions\").recursive().verify();");
    assertThat(init("--classpath " + project)).isEqualTo(2);
  }

  @Test
  void saysThatChangesetsHaveContexts() throws IOException {
    write(
        "src/main/resources/db/master.sql",
        "--liquibase formatted sql\n--changeset a:1 contextFilter:prod\nSELECT 1;\n");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      assertThat(init("")).isZero();
    } finally {
      System.setErr(before);
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("contexts: prod");
  }

  @Test
  void asksForOneOfSeveralPlacesOnATerminal() throws IOException {
    write("src/main/resources/db/migration/V1__a.sql", "");
    write("migrations/0001_a.up.sql", "");
    List<String> shown = new ArrayList<>();
    Iterator<String> answers = List.of("migrations", "0", "2").iterator();
    InitChoice choice = new InitChoice(shown::add, answers::next);

    assertThat(InitMigrations.find(project, "", Optional.of(choice)))
        .get()
        .extracting(InitMigrations::tool)
        .isEqualTo(InitTool.GOLANG_MIGRATE);
    assertThat(shown).contains("  1  Flyway in db/migration", "  2  golang-migrate in migrations");
    InitChoice silent = new InitChoice(shown::add, () -> null);
    assertThatThrownBy(() -> InitMigrations.find(project, "", Optional.of(silent)))
        .isInstanceOf(ConfigurationException.class);
  }

  private int init(String options) {
    return Main.run(
        Stream.concat(
                Stream.of("init", "--dir", project.toString()),
                Arrays.stream(options.split(" ")).filter(option -> !option.isEmpty()))
            .toArray(String[]::new));
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
