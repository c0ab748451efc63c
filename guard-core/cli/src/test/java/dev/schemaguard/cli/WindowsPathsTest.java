// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A project on a file system with the rules of Windows: backslashes, drives, reserved signs. */
class WindowsPathsTest {

  private static final String CHANGELOG =
      """
      databaseChangeLog:
        - include: {file: db/changelog/one.yaml}
        - includeAll: {path: 'classpath*:db/*/more'}
      """;

  private FileSystem windows;
  private Path project;

  @BeforeEach
  void createProject() throws IOException {
    windows = Jimfs.newFileSystem(Configuration.windows());
    project = Files.createDirectories(windows.getPath("C:\\work\\orders (new)"));
  }

  @AfterEach
  void close() throws IOException {
    windows.close();
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private InitMigrations found() {
    return InitMigrations.find(project, "", Optional.empty()).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "src/main/resources/db/migration/V1__a.sql, FLYWAY, db/migration",
    "src/main/resources/sql/orders/V1__a.sql, FLYWAY, sql/orders",
    "src/main/resources/db/changelog/master.yaml, LIQUIBASE, db/changelog/master.yaml",
    "alembic/versions/a.py, ALEMBIC, alembic/versions",
    "db/migrations/0007_a.up.sql, GOLANG_MIGRATE, db/migrations",
  })
  void initFindsTheMigrationsAndNamesThemAsJavaDoes(String file, InitTool tool, String place)
      throws IOException {
    write(file, file.endsWith(".py") ? "down_revision = None\n" : CHANGELOG);

    assertThat(found().tool()).isEqualTo(tool);
    assertThat(found().arguments()).isEqualTo('"' + place + '"');
  }

  @Test
  void aFolderThatAnOptionNamesIsWrittenAsJavaDoes() {
    InitMigrations named =
        new InitMigrations(
            InitTool.ALEMBIC, windows.getPath(""), List.of("py\\revisions", "py\\more"), "");

    assertThat(named.arguments()).isEqualTo("\"py/revisions\", \"py/more\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spring.flyway.locations=classpath*:db/**,classpath:db/migration",
        "spring.liquibase.change-log=file:./db/master.xml",
        "spring.liquibase.change-log=classpath:db/<tenant>.xml"
      })
  void aSettingThatIsNoPathOnWindowsIsNotAnError(String setting) throws IOException {
    write("src/main/resources/application.properties", setting + "\n");
    write("src/main/resources/db/migration/V1__a.sql", "");

    assertThat(found().names()).containsExactly("db/migration");
  }

  @Test
  void aChangelogIncludesOthersAndOnlyTheMasterIsNamed() throws IOException {
    write("src/main/resources/db/changelog/master.yaml", CHANGELOG);
    write("src/main/resources/db/changelog/one.yaml", "databaseChangeLog: []\n");

    assertThat(found().names()).containsExactly("db/changelog/master.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "db\\changelog\\master.yaml, db/changelog/master.yaml",
    "db/changelog/master.yaml, db/changelog/master.yaml",
    "classpath:db/changelog/master.yaml, classpath:db/changelog/master.yaml",
  })
  void aChangelogIsNamedAsTheApplicationNamesIt(String given, String name) throws IOException {
    write("src/main/resources/db/changelog/master.yaml", CHANGELOG);

    assertThat(new ChangelogPath(given, List.of(project.resolve("src/main/resources"))).name())
        .isEqualTo(name);
  }

  /** On Linux, only a null character makes a path invalid; on Windows, a colon does. */
  @Test
  void aNameThatNoFileCanHaveIsTheMistakeOfItsUser() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(CommandLineRun.of("check", "--url", "jdbc:h2:mem:", "--matrix", "a\0b"))
          .isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("no file on this system can have this name")
        .contains("Name an existing file or directory")
        .doesNotContain("defect");
  }
}
