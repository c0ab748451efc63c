// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tools that record no comments say who survives a migration in the comment of their table. */
class TableMarkerTest {

  private static final String STANDARD = "COMMENT ON TABLE %s IS '%s'";

  private abstract static class Contract {

    private final TestDatabase database;
    private final String comment;

    Contract(TestDatabase database, String comment) {
      this.database = database;
      this.comment = comment;
    }

    @Test
    void ofAlembicSpeaksForTheRevisionThatItNames() throws SQLException {
      alembic();
      mark("alembic_version", "requires-app 1.5.0 0041_drop");

      assertThat(alembic("1.5.0").verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(alembic("1.4.2").verdict()).isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    }

    @Test
    void ofAlembicIsMalformedAtAnotherRevision() throws SQLException {
      alembic();
      mark("alembic_version", "requires-app 1.5.0 0040_drop");

      MigrationStatus status = alembic("1.5.0");

      assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(status.compatible()).isFalse();
      assertThat(status.problem().code()).isEqualTo("GUARD-AHEAD-MARKER");
      assertThat(status.problem().why()).contains("not about 0041_drop", "0040_drop");
    }

    @Test
    void ofAlembicThatNamesNoRevisionIsMalformed() throws SQLException {
      alembic();
      mark("alembic_version", "requires-app 1.5.0");

      assertThat(alembic("1.5.0").problem().code()).isEqualTo("GUARD-AHEAD-MARKER");
    }

    @Test
    void ofGolangMigrateSpeaksForItsVersion() throws SQLException {
      golangMigrate();
      mark("schema_migrations", "requires-app orders >= 1.5.0 0041 drops x");

      assertThat(golangMigrate("1.5.0").verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(golangMigrate("1.4.2").verdict()).isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    }

    @Test
    void thatNamesAnotherApplicationSaysNothing() throws SQLException {
      golangMigrate();
      mark("schema_migrations", "requires-app billing 1.5.0 41");

      assertThat(golangMigrate("1.5.0").verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(golangMigrate("1.5.0").problem().code()).isEqualTo("GUARD-AHEAD-UNKNOWN");
    }

    @Test
    void ofAnotherToolSpeaksForItsNewestRow() throws SQLException {
      database.execute(
          "CREATE TABLE applied (name VARCHAR(50))",
          "INSERT INTO applied VALUES ('a'), ('b'), ('c')");
      mark("applied", "requires-app 1.5.0 c");

      assertThat(custom("1.5.0").verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(custom("1.4.2").verdict()).isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    }

    @Test
    void thatIsNoMarkerChangesNothing() throws SQLException {
      alembic();
      mark("alembic_version", "written by the job");

      assertThat(alembic("1.5.0").problem().code()).isEqualTo("GUARD-AHEAD-UNKNOWN");
    }

    private void mark(String table, String marker) throws SQLException {
      database.execute(comment.formatted(table, marker));
    }

    private void alembic() throws SQLException {
      database.execute(
          "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
          "INSERT INTO alembic_version VALUES ('0041_drop')");
    }

    private void golangMigrate() throws SQLException {
      database.execute(
          "CREATE TABLE schema_migrations (version BIGINT NOT NULL PRIMARY KEY,"
              + " dirty BOOLEAN NOT NULL)",
          "INSERT INTO schema_migrations VALUES (41, FALSE)");
    }

    private MigrationStatus alembic(String version) {
      return guard(version, "0039_base\tparents=").build().check();
    }

    private MigrationStatus golangMigrate(String version) {
      return guard(version, "39\n40").build().check();
    }

    private MigrationStatus custom(String version) {
      return guard(version, "a\nb")
          .customTable(CustomHistoryTable.of("applied", "name"))
          .build()
          .check();
    }

    private SchemaGuardBuilder guard(String version, String chain) {
      return SchemaGuard.builder(database.dataSource())
          .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt")))
          .applicationName("orders")
          .applicationVersion(version);
    }
  }

  @Nested
  class OnPostgres extends Contract {
    OnPostgres() {
      super(Postgres.database(), STANDARD);
    }
  }

  @Nested
  class OnH2 extends Contract {
    OnH2() {
      super(H2.database(), STANDARD);
    }
  }

  @Nested
  @RequiresMariaDb
  class OnMariaDb extends Contract {
    OnMariaDb() {
      super(MariaDb.database(), "ALTER TABLE %s COMMENT = '%s'");
    }
  }

  @Nested
  @RequiresMySql
  class OnMySql extends Contract {
    OnMySql() {
      super(MySql.database(), "ALTER TABLE %s COMMENT = '%s'");
    }
  }
}
