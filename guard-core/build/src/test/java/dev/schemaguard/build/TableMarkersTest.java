// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Markers in the comment of the history table, as migrations write them. */
class TableMarkersTest {

  @TempDir private Path directory;

  private void script(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private List<SourceRevision> golang() {
    return GolangMigrateSources.directory(directory).read();
  }

  private String golangComment(String sql) throws IOException {
    script("000040_drop.up.sql", sql);
    return golang().get(0).comment();
  }

  private static List<String> errors(List<SourceRevision> sources) {
    return TableMarkers.errors(sources).stream().map(ConfigurationException::getMessage).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMENT ON TABLE schema_migrations IS 'requires-app 1.5.0 40';",
        "ALTER TABLE t DROP c;\ncomment on table public.\"schema_migrations\" is\n 'requires-app 1.5.0 40'",
        "ALTER TABLE schema_migrations COMMENT = 'requires-app 1.5.0 40';",
        "ALTER TABLE `ops`.`schema_migrations` COMMENT \"requires-app 1.5.0 40\"",
        "COMMENT ON TABLE schema_migrations IS 'requires-app 1.4.0 40';"
            + "COMMENT ON TABLE schema_migrations IS 'requires-app 1.5.0 40';",
      })
  void aScriptWritesItInSql(String sql) throws IOException {
    assertThat(golangComment(sql)).isEqualTo("requires-app 1.5.0 40");
    assertThat(errors(golang())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- COMMENT ON TABLE schema_migrations IS 'requires-app 1.5.0 40';",
        "/* COMMENT ON TABLE schema_migrations IS 'requires-app 1.5.0 40' */",
        "COMMENT ON TABLE orders IS 'all orders';",
        "INSERT INTO notes VALUES ('requires-app 1.5.0 40')",
      })
  void anythingElseIsNoMarker(String sql) throws IOException {
    assertThat(golangComment(sql)).isNull();
  }

  @Test
  void theDownFileDoesNotCount() throws IOException {
    script("1_a.up.sql", "SELECT 1;");
    script("1_a.down.sql", "COMMENT ON TABLE schema_migrations IS 'requires-app 1.0 1'");

    assertThat(golang().get(0).comment()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "op.execute(\"COMMENT ON TABLE alembic_version IS 'requires-app 1.5.0 0040'\")",
        "op.execute(\"COMMENT ON TABLE alembic_version \"\n        \"IS 'requires-app 1.5.0 0040'\")",
        "op.execute(sa.text('''COMMENT ON TABLE x.alembic_version IS 'requires-app 1.5.0 0040' '''))",
        "op.execute(f\"COMMENT ON TABLE alembic_version IS 'requires-app 1.5.0 {revision}'\")",
        "op.execute('COMMENT ON TABLE alembic_version IS \\'requires-app 1.5.0 0040\\'')",
        "op.create_table_comment('alembic_version', 'requires-app 1.5.0 0040')",
        "op.create_table_comment(\"alembic_version\", comment=\"requires-app 1.5.0 0040\","
            + " existing_comment=\"requires-app 1.4.0 0039\", schema=\"x\")",
      })
  void anAlembicScriptWritesItInUpgrade(String statement) throws IOException {
    script(
        "0040_drop.py",
        "revision = '0040'\ndown_revision = None\n\ndef upgrade():\n    "
            + statement
            + "\n\ndef downgrade():\n"
            + "    op.execute(\"COMMENT ON TABLE alembic_version IS 'requires-app 1.4.0 0039'\")\n");
    List<SourceRevision> read = AlembicSources.directories(directory).read();

    assertThat(read.get(0).comment()).isEqualTo("requires-app 1.5.0 0040");
    assertThat(errors(read)).isEmpty();
  }

  @Test
  void aMarkerNamesTheMigrationThatWritesIt() throws IOException {
    golangComment("COMMENT ON TABLE schema_migrations IS 'requires-app 1.5.0 39'");
    assertThat(errors(golang()))
        .singleElement()
        .asString()
        .startsWith("000040: ")
        .contains("names the revision '39'", "requires-app 1.5.0 000040");

    golangComment("COMMENT ON TABLE schema_migrations IS 'requires-app 1.5.0'");
    assertThat(errors(golang())).singleElement().asString().contains("names no revision");
  }

  @Test
  void afterTheFirstEveryMigrationWritesOne() throws IOException {
    script("1_a.up.sql", "SELECT 1;");
    script("2_b.up.sql", "COMMENT ON TABLE schema_migrations IS 'requires-app 1.0 2';");
    script("3_c.up.sql", "SELECT 1;");

    assertThat(errors(golang()))
        .singleElement()
        .asString()
        .startsWith("3: no requires-app marker on 3, after 2 has written one")
        .contains("requires-app 1.5.0 3");
  }
}
