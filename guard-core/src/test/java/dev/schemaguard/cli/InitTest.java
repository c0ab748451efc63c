// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code init} finds in a project, and writes of it; that it can be followed: CliIT. */
class InitTest {

  private static final String REVISION = "revision = 'a1'\ndown_revision = None\n";

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
    write(file, file.endsWith(".py") ? REVISION : "");

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
