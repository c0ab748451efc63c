// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.AlembicRun;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresAlembic;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A history that claims more than the schema has, in each way in which the real tool makes it so;
 * then what is advised, to the letter.
 */
class DriftAdviceTest {

  private static final String ORDERS = "CREATE TABLE orders (id integer PRIMARY KEY)";
  private static final String INVOICES =
      "CREATE TABLE invoices (id integer PRIMARY KEY, total integer)";
  private static final String INVOICES_IF_MISSING =
      "CREATE TABLE IF NOT EXISTS invoices (id integer PRIMARY KEY);"
          + "ALTER TABLE invoices ADD COLUMN IF NOT EXISTS total integer";

  private static final String FILE =
      """
      table invoices	since=2
        id integer not null	since=2
        total integer	since=2
        key (id)	since=2

      table orders
        id integer not null
        key (id)
      """;

  private TestDatabase database = Postgres.database();

  private SchemaGuardBuilder builder(String chain) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(
            CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt"))
                .withSchemaFile("postgresql", FILE, "schema.postgresql.txt"))
        .environment(name -> null);
  }

  private MigrationStatus check(String chain) {
    try (SchemaGuard guard = builder(chain).build()) {
      return guard.check();
    }
  }

  /** The first advice, which is about what was recorded without being run. */
  private String advice(String chain) {
    MigrationStatus status = check(chain);
    assertThat(status.verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(status.problem().code()).isEqualTo("GUARD-DRIFTED");
    assertThat(status.problem().why()).contains("invoices").endsWith("(since 2)");
    return status.problem().actions().get(0);
  }

  private void assertRepaired(String chain) {
    assertThat(check(chain).verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Nested
  class ByLiquibase {

    private static final String CHAIN = "db.xml::1::tester\ndb.xml::2::tester\n";

    private LiquibaseRun liquibase(String precondition) {
      return LiquibaseRun.ofXml(
          database.dataSource(),
          "db.xml",
          """
          <changeSet id="1" author="tester"><sql>%s</sql></changeSet>
          <changeSet id="2" author="tester">%s<sql>%s</sql></changeSet>
          """
              .formatted(ORDERS, precondition, INVOICES));
    }

    private void deleteTheRow() throws SQLException {
      assertThat(advice(CHAIN))
          .contains("if 2 was recorded", "delete that row from databasechangelog");
      database.execute("DELETE FROM databasechangelog WHERE id = '2'");
    }

    @Test
    void changelogSync() throws SQLException {
      liquibase("").update(1);
      liquibase("").sync();

      deleteTheRow();
      liquibase("").update();

      assertRepaired(CHAIN);
    }

    @Test
    void markNextChangesetRan() throws SQLException {
      liquibase("").update(1);
      liquibase("").markNextRan();

      deleteTheRow();
      liquibase("").update();

      assertRepaired(CHAIN);
    }

    @Test
    void aPreconditionThatMarksItRan() throws SQLException {
      LiquibaseRun run =
          liquibase(
              "<preConditions onFail=\"MARK_RAN\"><not><tableExists tableName=\"invoices\"/></not>"
                  + "</preConditions>");
      database.execute("CREATE TABLE invoices (id integer PRIMARY KEY)");
      run.update();

      deleteTheRow();
      database.execute("DROP TABLE invoices");
      run.update();

      assertRepaired(CHAIN);
    }
  }

  @Nested
  class ByFlyway {

    private static final String CHAIN = "1\n2\n";
    private static final String NEXT = "1\n2\n3\n";

    private FlywayRun flyway() {
      return FlywayRun.of(database.dataSource())
          .script("V1__orders", ORDERS)
          .script("V2__invoices", INVOICES);
    }

    private void bringTheEffectsWithANewMigration(FlywayRun run) {
      assertThat(advice(CHAIN)).contains("with a new migration that also runs where they exist");
      // The next release, whose preflight is asked before it migrates.
      try (SchemaGuard guard = builder(NEXT).build()) {
        assertThat(guard.preflight().exitCode()).isEqualTo(10);
        assertThat(guard.preflight().actions().get(0)).contains("--structure warn");
      }
      try (SchemaGuard guard = builder(NEXT).structure(Mode.Structure.WARN).build()) {
        assertThat(guard.preflight().go()).isTrue();
        guard.enforceBeforeMigration();
      }
      run.script("V3__invoices_again", INVOICES_IF_MISSING).migrate();

      assertRepaired(NEXT);
    }

    @Test
    void baseline() throws SQLException {
      database.execute(ORDERS);
      flyway().baseline("2");

      bringTheEffectsWithANewMigration(flyway());
    }

    @Test
    void skipExecutingMigrations() {
      flyway().target("1").migrate();
      flyway().skip();

      bringTheEffectsWithANewMigration(flyway());
    }

    @Test
    void repairOfAMigrationThatWasEdited() {
      String edited = "CREATE TABLE invoices (id integer PRIMARY KEY)";
      flyway().script("V2__invoices", edited).migrate();
      flyway().repair();

      bringTheEffectsWithANewMigration(flyway());
    }
  }

  @Nested
  @RequiresAlembic
  class ByAlembic {

    @TempDir private Path folder;

    @Test
    void stamp() throws Exception {
      AlembicRun alembic =
          new AlembicRun(database, folder)
              .create()
              .revision("r1", "None", "")
              .revision("r2", "'r1'", "");
      alembic.run("alembic upgrade r1");
      alembic.run("alembic stamp r2");
      try (SchemaGuard guard =
          SchemaGuard.builder(database.dataSource())
              .matrix(
                  CompatibilityMatrix.ofChain(RevisionChain.parse("r1\nr2\n", "revisions.txt"))
                      .withSchemaFile(
                          "postgresql",
                          "table t_r1\n  id integer\ntable t_r2\tsince=r2\n  id integer\n",
                          "schema.postgresql.txt"))
              .environment(name -> null)
              .build()) {
        MigrationStatus status = guard.check();

        assertThat(status.verdict()).isEqualTo(Verdict.DRIFTED);
        assertThat(status.problem().actions().get(0))
            .contains("if r2 was recorded", "alembic stamp REVISION", "alembic upgrade heads");
        alembic.run("alembic stamp r1");
        alembic.run("alembic upgrade heads");
        assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      }
    }
  }

  @Test
  void golangMigrateForce() throws SQLException {
    GolangMigrateRun migrate = new GolangMigrateRun(database, "\"public\".\"schema_migrations\"");
    database.execute(ORDERS);
    migrate.at(2);

    assertThat(advice("1\n2\n")).contains("if 2 was recorded", "migrate force V", "migrate up");
    migrate.at(1);
    database.execute(INVOICES);
    migrate.at(2);

    assertRepaired("1\n2\n");
  }

  @Nested
  class LostLater {

    private static final String CHAIN = "1\n2\n";

    private FlywayRun flyway(DataSource dataSource) {
      return FlywayRun.of(dataSource).script("V1__orders", ORDERS).script("V2__invoices", INVOICES);
    }

    @Test
    void aRestoreOfSomeTables() throws SQLException {
      flyway(database.dataSource()).target("1").migrate();
      TestDatabase backup = Postgres.copy(database);
      flyway(database.dataSource()).migrate();
      // The tables of the backup, with the newer history.
      database.execute("DROP TABLE invoices");

      MigrationStatus status = check(CHAIN);

      assertThat(status.verdict()).isEqualTo(Verdict.DRIFTED);
      assertThat(status.problem().actions().get(1))
          .contains("restore the tables and their history from one backup");
      database = backup;
      assertThat(check(CHAIN).verdict()).isEqualTo(Verdict.BEHIND);
      flyway(database.dataSource()).migrate();
      assertRepaired(CHAIN);
    }

    @Test
    void aChangeByHand() throws SQLException {
      flyway(database.dataSource()).migrate();
      database.execute("ALTER TABLE invoices DROP COLUMN total");

      MigrationStatus status = check(CHAIN);

      assertThat(status.verdict()).isEqualTo(Verdict.DRIFTED);
      assertThat(status.problem().actions().get(1))
          .contains("add what is missing with a new migration");
      flyway(database.dataSource()).script("V3__invoices_again", INVOICES_IF_MISSING).migrate();
      assertRepaired(CHAIN + "3\n");
    }

    @Test
    void untilItIsRepairedTheApplicationStartsWithAWarning() throws SQLException {
      flyway(database.dataSource()).migrate();
      database.execute("DROP TABLE invoices");

      MigrationStatus status = check(CHAIN);

      assertThat(status.problem().actions().get(2)).contains("SCHEMA_GUARD_STRUCTURE=warn");
      try (SchemaGuard guard =
          builder(CHAIN)
              .mode(Mode.STRICT)
              .environment(name -> name.equals("SCHEMA_GUARD_STRUCTURE") ? "warn" : null)
              .build()) {
        assertThat(guard.enforce().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      }
    }
  }
}
