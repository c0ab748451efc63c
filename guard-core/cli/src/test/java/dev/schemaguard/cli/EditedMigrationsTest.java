// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.build.FlywaySources;
import dev.schemaguard.build.LiquibaseSources;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What real Liquibase and real Flyway recorded of migrations that were edited afterwards. */
class EditedMigrationsTest {

  private static final String MASTER = "db/changelog/db.changelog-master.yaml";
  private static final String FLYWAY_SQL = "ALTER TABLE a ADD COLUMN ü int;\r\n\n-- x\n";

  @TempDir private Path project;

  private DatabaseOptions options(TestDatabase database) {
    return CommandLine.populateCommand(
        new DatabaseOptions(),
        "--url",
        database.url(),
        "--user",
        database.user(),
        "--password",
        database.password());
  }

  private void copyStatewave() throws IOException {
    Path source = Path.of("../../changelogs/statewave");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copy = project.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private void edit(String name, String before, String after) throws IOException {
    Path file = project.resolve("db/changelog/" + name);
    String text = Files.readString(file);
    assertThat(text).contains(before);
    Files.writeString(file, text.replace(before, after));
  }

  private List<String> edited(TestDatabase database) {
    return LiquibaseSources.directory(project, MASTER)
        .edited(RecordedChecksums.of(options(database), Tool.LIQUIBASE).byName());
  }

  @Nested
  class OfLiquibase {

    private void areFound(TestDatabase database) throws IOException {
      copyStatewave();
      Statewave.update(database.dataSource(), 9);
      assertThat(edited(database)).isEmpty();
      assertThat(LiquibaseSources.directory(project, MASTER).checksums())
          .hasSize(12)
          .containsAllEntriesOf(RecordedChecksums.of(options(database), Tool.LIQUIBASE).byName());

      edit("0003_add_memory_embedding.yaml", "varchar(100)", "varchar(200)");
      edit("0010_require_tenant_id.yaml", "varchar(64)", "varchar(65)");
      assertThat(edited(database))
          .containsExactly(
              "db/changelog/0003_add_memory_embedding.yaml::0003_add_memory_embedding::statewave");
    }

    @Test
    void areFoundOnH2() throws IOException {
      areFound(H2.database());
    }

    @Test
    void areFoundOnPostgres() throws IOException {
      areFound(Postgres.database());
    }

    @Test
    @RequiresMariaDb
    void areFoundOnMariaDb() throws IOException {
      areFound(MariaDb.database());
    }

    @Test
    @RequiresMySql
    void areFoundOnMySql() throws IOException {
      areFound(MySql.byMariaDbDriver(MySql.database()));
    }

    @Test
    void areNotThoseWhoseCommentAloneChanged() throws IOException {
      copyStatewave();
      TestDatabase database = H2.database();
      Statewave.update(database.dataSource(), 9);
      edit("0003_add_memory_embedding.yaml", "Add the embedding", "requires-app 0.1.0; the");

      assertThat(edited(database)).isEmpty();
    }

    @Test
    void areNotThoseThatMayChange() throws Exception {
      copyStatewave();
      TestDatabase database = H2.database();
      Statewave.update(database.dataSource(), 9);
      edit("0003_add_memory_embedding.yaml", "varchar(100)", "varchar(200)");
      edit(
          "0003_add_memory_embedding.yaml",
          "author: statewave",
          "author: statewave\n      runOnChange: true");

      assertThat(edited(database)).isEmpty();
    }

    @Test
    void failVerify() throws IOException {
      copyStatewave();
      TestDatabase database = H2.database();
      Statewave.update(database.dataSource(), 9);
      assertThat(verify(database)).isZero();

      edit("0003_add_memory_embedding.yaml", "varchar(100)", "varchar(200)");
      assertThat(verify(database)).isEqualTo(2);
    }

    private int verify(TestDatabase database) {
      return Main.run(
          "verify",
          "--matrix",
          project.resolve("schema-guard/compatibility.md").toString(),
          "--search-path",
          project.toString(),
          "--liquibase",
          MASTER,
          "--url",
          database.url(),
          "--user",
          database.user());
    }
  }

  @Nested
  class OfFlyway {

    private void areFound(TestDatabase database) throws IOException {
      Path script = project.resolve("V1_0__add.sql");
      Files.writeString(script, FLYWAY_SQL);
      Files.writeString(project.resolve("V2__later.sql"), "SELECT 1");
      FlywayRun.of(database.dataSource())
          .script("V0__create", "CREATE TABLE a (id int)")
          .script("V1_0__add", FLYWAY_SQL)
          .migrate();
      FlywaySources sources = FlywaySources.directories(List.of(), "filesystem:" + project);
      assertThat(sources.edited(RecordedChecksums.of(options(database), Tool.FLYWAY).byName()))
          .isEmpty();
      assertThat(sources.checksums())
          .containsEntry(
              "1.0", RecordedChecksums.of(options(database), Tool.FLYWAY).byName().get("1.0"));

      Files.writeString(script, FLYWAY_SQL.replace("int", "bigint"));
      assertThat(sources.edited(RecordedChecksums.of(options(database), Tool.FLYWAY).byName()))
          .containsExactly("1.0");
    }

    @Test
    void areFoundOnH2() throws IOException {
      areFound(H2.database());
    }

    @Test
    void areFoundOnPostgres() throws IOException {
      areFound(Postgres.database());
    }
  }

  @Nested
  class WithoutADatabase {

    private int run(String command, String... more) {
      return Main.run(
          Stream.concat(
                  Stream.of(
                      command,
                      "--search-path",
                      project.toString(),
                      "--liquibase",
                      MASTER,
                      "--revisions",
                      project.resolve("schema-guard/revisions.txt").toString()),
                  Stream.of(more))
              .toArray(String[]::new));
    }

    @Test
    void areFoundOnceTheChecksumsAreCommitted() throws IOException {
      copyStatewave();
      Path checksums = project.resolve("schema-guard/checksums.txt");
      assertThat(run("revisions")).isZero();
      assertThat(checksums).doesNotExist();
      assertThat(run("revisions", "--checksums", "--check")).isEqualTo(2);
      assertThat(checksums).doesNotExist();

      assertThat(run("revisions", "--checksums")).isZero();
      assertThat(Files.readAllLines(checksums)).hasSize(14);
      assertThat(run("verify")).isZero();
      assertThat(run("revisions", "--check")).isZero();

      List<String> lines = Files.readAllLines(checksums);
      Files.write(checksums, lines.subList(0, 13));
      assertThat(run("verify")).isEqualTo(2);
      assertThat(run("revisions")).isZero();
      assertThat(Files.readAllLines(checksums)).isEqualTo(lines);

      edit("0003_add_memory_embedding.yaml", "varchar(100)", "varchar(200)");
      assertThat(run("verify")).isEqualTo(2);
      assertThat(run("revisions")).isEqualTo(2);
      assertThat(Files.readAllLines(checksums)).isEqualTo(lines);
    }
  }

  @Test
  void aDatabaseThatNothingWasAppliedToHoldsNoChecksums() {
    assertThat(RecordedChecksums.of(options(H2.database()), Tool.LIQUIBASE).byName()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsAnError() throws Exception {
    TestDatabase database = H2.database();
    database.execute("CREATE TABLE DATABASECHANGELOG (ID INT)");

    assertThatThrownBy(() -> RecordedChecksums.of(options(database), Tool.LIQUIBASE).byName())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("has no column AUTHOR");
  }

  @Test
  void aToolWithoutChecksumsIsNoError() throws IOException {
    Files.writeString(project.resolve("1_a.up.sql"), "");
    Files.writeString(project.resolve("revisions.txt"), "1\talias=1_a\n");

    assertThat(
            Main.run(
                "verify",
                "--revisions",
                project.resolve("revisions.txt").toString(),
                "--golang-migrate",
                project.toString(),
                "--url",
                H2.database().url()))
        .isZero();
  }
}
