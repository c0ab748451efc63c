// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.schemaguard.build.impact.DataLoss;
import dev.schemaguard.build.impact.RevisionUndo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the migrations of the other tools are undone, read from their files. */
class MigrationUndosTest {

  @TempDir private Path directory;

  private void write(String name, String text) throws IOException {
    Files.createDirectories(directory.resolve(name).getParent());
    Files.writeString(directory.resolve(name), text);
  }

  @Test
  void ofFlywayAreThoseOfItsUndoScripts() throws IOException {
    write("sql/V1__create.sql", "CREATE TABLE a (id int);");
    write("sql/U1.0__create.sql", "DROP TABLE a;");
    write("sql/V1_2__drop.sql", "ALTER TABLE a DROP COLUMN b;");
    write("sql/U1_2__drop.sql", "ALTER TABLE a ADD COLUMN b int;");
    write("sql/V2__lost.sql", "SELECT 1");
    write("sql/Unext__odd.sql", "SELECT 1");
    write("sql/Users.sql", "SELECT 1");
    write(
        "code/V3__Code.java",
        "package code; public class V3__Code extends org.flywaydb.core.api.migration.BaseJavaMigration {}");
    write(
        "code/U3__Code.java",
        "package code; public class U3__Code extends org.flywaydb.core.api.migration.BaseJavaMigration {}");

    FlywaySources sources = FlywaySources.directories(List.of(directory), "sql", "code");

    assertThat(sources.undos())
        .extracting(RevisionUndo::revision, RevisionUndo::hasRollback, RevisionUndo::loss)
        .containsExactly(
            tuple("1", true, DataLoss.YES),
            tuple("1.2", true, DataLoss.NO),
            tuple("2", false, DataLoss.UNKNOWN),
            tuple("3", true, DataLoss.UNKNOWN));
    assertThat(sources.undos().get(1).reasons())
        .containsExactly("what it removed itself stays lost: it drops column a.b");
    assertThat(sources.undos().get(2).reasons()).containsExactly("there is no undo migration, U2");
    write("other/U1__create.sql", "CREATE TABLE a (id int);");
    assertThat(
            FlywaySources.directories(List.of(directory), "other")
                .naming("U", "__", ".sql")
                .undos())
        .hasSize(1)
        .noneMatch(undo -> Boolean.TRUE.equals(undo.hasRollback()));
  }

  @Test
  void ofGolangMigrateAreThoseOfItsDownFiles() throws IOException {
    write("000001_create.up.sql", "CREATE TABLE a (id int);");
    write("000001_create.down.sql", "DROP TABLE a;");
    write("000002_index.up.sql", "CREATE INDEX i ON a (id);");
    write("000002_index.down.sql", "-- nothing to do\n ;\n");
    write("000003_drop.up.sql", "DROP TABLE b;");

    assertThat(GolangMigrateSources.directory(directory).undos())
        .extracting(RevisionUndo::revision, RevisionUndo::hasRollback, RevisionUndo::loss)
        .containsExactly(
            tuple("000001", true, DataLoss.YES),
            tuple("000002", false, DataLoss.UNKNOWN),
            tuple("000003", false, DataLoss.UNKNOWN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          def downgrade(): pass | false | UNKNOWN | its downgrade() does nothing
          def downgrade() -> None:~    'Nothing.'~    pass~ | false | UNKNOWN | its downgrade() does nothing
          def downgrade():~    # op.drop_table('a')~    ...~ | false | UNKNOWN | its downgrade() does nothing
          def downgrade():~    raise NotImplementedError()~ | false | UNKNOWN | its downgrade() raises an error
          def upgrade():~    op.drop_table('a')~ | false | UNKNOWN | its downgrade() does nothing
          def downgrade(x: int = 1):~    op.drop_table('a')~def other():~    op.drop_column('b', 'c')~ | true | YES | drops table a
          def downgrade():~    with op.batch_alter_table('b') as batch_op:~        batch_op.drop_column('c')~ | true | YES | drops column c
          def downgrade():~    op.drop_column('b', 'c')~ | true | YES | drops column b.c
          def downgrade():~    op.drop_table(name)~ | true | YES | drops table that the script computes
          def downgrade(): op.drop_index('i') | true | UNKNOWN | brings or runs code: a downgrade() of Alembic's, which may lose data
          """)
  void ofAlembicAreThoseOfDowngrade(String code, boolean hasRollback, DataLoss loss, String reasons)
      throws IOException {
    write("0001_x.py", "revision = '1'\ndown_revision = None\n" + code.replace("~", "\n"));

    assertThat(AlembicSources.directories(directory).undos())
        .containsExactly(new RevisionUndo("1", hasRollback, loss, List.of(reasons)));
  }
}
