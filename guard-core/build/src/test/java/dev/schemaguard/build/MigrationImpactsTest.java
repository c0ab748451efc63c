// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.schemaguard.build.impact.Impact;
import dev.schemaguard.build.impact.RevisionImpact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the migrations of each tool do, read from its files. */
class MigrationImpactsTest {

  @TempDir private Path directory;

  private void write(String name, String text) throws IOException {
    Files.createDirectories(directory.resolve(name).getParent());
    Files.writeString(directory.resolve(name), text);
  }

  @Test
  void ofFlywayAreThoseOfItsScripts() throws IOException {
    write("sql/V1__create.sql", "CREATE TABLE a (id int);");
    write("sql/V1_2__drop.sql", "ALTER TABLE a DROP COLUMN b;");
    write("sql/V2__placeholder.sql", "${statement}");
    write("sql/U1__undo.sql", "DROP TABLE a;");
    write("sql/R__view.sql", "DROP VIEW v;");
    Files.write(
        directory.resolve("sql/V3__latin.sql"),
        "COMMENT ON TABLE a IS 'ü'".getBytes(StandardCharsets.ISO_8859_1));
    write(
        "code/V4__Code.java",
        "package code; public class V4__Code extends org.flywaydb.core.api.migration.BaseJavaMigration {}");

    assertThat(FlywaySources.directories(List.of(directory), "sql", "code").impacts())
        .extracting(RevisionImpact::revision, RevisionImpact::impact)
        .containsExactly(
            tuple("1", Impact.EXPAND),
            tuple("1.2", Impact.CONTRACT),
            tuple("2", Impact.UNCLEAR),
            tuple("3", Impact.UNCLEAR),
            tuple("4", Impact.UNCLEAR));
  }

  @Test
  void ofGolangMigrateAreThoseOfItsUpFiles() throws IOException {
    write("000001_create.up.sql", "BEGIN;\nCREATE TABLE IF NOT EXISTS a (id int);\nCOMMIT;");
    write("000001_create.down.sql", "DROP TABLE a;");
    write("000002_drop.up.sql", "DROP TABLE b;");
    write("000003_gone.down.sql", "DROP TABLE c;");

    assertThat(GolangMigrateSources.directory(directory).impacts())
        .extracting(RevisionImpact::revision, RevisionImpact::impact)
        .containsExactly(
            tuple("000001", Impact.EXPAND),
            tuple("000002", Impact.CONTRACT),
            tuple("000003", Impact.EXPAND));
  }

  @Test
  void ofAlembicAreUnclear() throws IOException {
    write("0001_create.py", "revision = '0001'\ndown_revision = None\n");

    assertThat(AlembicSources.directories(directory).impacts())
        .singleElement()
        .returns(Impact.UNCLEAR, RevisionImpact::impact)
        .extracting(RevisionImpact::reasons)
        .asString()
        .contains("a script of Alembic's; what it does is not judged");
  }

  @Test
  void ofChangesetsThatShareANameAreThoseOfAllOfThem() throws IOException {
    write(
        "changelog.yaml",
        """
        databaseChangeLog:
          - changeSet: { id: 1, author: a, dbms: h2, changes: [ { dropTable: { tableName: t } } ] }
          - changeSet: { id: 1, author: a, dbms: mariadb, changes: [ { empty: {} } ] }
          - changeSet: { id: 2, author: a, ignore: true, changes: [ { empty: {} } ] }
        """);

    assertThat(LiquibaseSources.directory(directory, "changelog.yaml").impacts())
        .singleElement()
        .returns("changelog.yaml::1::a", RevisionImpact::revision)
        .returns(Impact.CONTRACT, RevisionImpact::impact);
  }
}
