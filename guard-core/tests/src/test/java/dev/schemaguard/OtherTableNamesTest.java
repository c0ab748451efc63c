// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories under names that no setting gives, or that a setting gives with a slip. */
class OtherTableNamesTest {

  private static final Pattern OPTION = Pattern.compile("--(schema|table) ([^ )]+)");
  private static final String LIQUIBASE = "db/a.xml::1::tester\ndb/a.xml::2::tester\n";

  @Nested
  class OnPostgres extends OfATableInSettings {
    OnPostgres() {
      super(Postgres.database());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABASECHANGELOG", "DatabaseChangeLog", "shop_DatabaseChangeLog"})
    void liquibasesInAnotherSchemaAndLetterCaseIsNamed(String table) throws SQLException {
      run("\"Shop\"", "\"" + table + "\"");

      followElsewhere(LIQUIBASE);
    }

    @Test
    void flywaysInAnotherSchemaAndLetterCaseIsNamed() throws SQLException {
      database.execute("CREATE SCHEMA \"Shop\"");
      FlywayRun.of(database.dataSource(), "V1__item", "V2__note")
          .in("Shop")
          .table("Flyway_History")
          .migrate();

      followElsewhere("1\talias=1_item\n2\talias=2_note\n");
    }

    /** The table of the tool, with the names that another tool or a copy gave to all of it. */
    private void run(String schema, String table) throws SQLException {
      LiquibaseRun.ofChangesets(database.dataSource(), "db/a.xml", "1", "2").update();
      database.execute(
          "CREATE SCHEMA " + schema,
          "ALTER TABLE databasechangelog SET SCHEMA " + schema,
          "ALTER TABLE " + schema + ".databasechangelog RENAME TO " + table);
    }
  }

  @Nested
  class OnH2 extends OfATableInSettings {
    OnH2() {
      super(H2.database());
    }

    @ParameterizedTest
    @ValueSource(strings = {"databasechangelog", "DatabaseChangeLog", "shop_DatabaseChangeLog"})
    void liquibasesInAnotherSchemaAndLetterCaseIsNamed(String table) throws SQLException {
      LiquibaseRun.ofChangesets(database.dataSource(), "db/a.xml", "1", "2").update();
      database.execute(
          "CREATE SCHEMA \"shop\"",
          "CREATE TABLE \"shop\".\"" + table + "\" AS SELECT * FROM DATABASECHANGELOG",
          "DROP TABLE DATABASECHANGELOG");

      followElsewhere(LIQUIBASE);
    }
  }

  @Nested
  @RequiresMariaDb
  class OnMariaDb extends InADatabaseThatIsASchema {
    OnMariaDb() {
      super(MariaDb::database);
    }
  }

  @Nested
  @RequiresMySql
  class OnMySql extends InADatabaseThatIsASchema {
    OnMySql() {
      super(MySql::database);
    }
  }

  abstract static class InADatabaseThatIsASchema extends OfATableInSettings {

    private final Supplier<TestDatabase> server;

    InADatabaseThatIsASchema(Supplier<TestDatabase> server) {
      super(server.get());
      this.server = server;
    }

    @Test
    void liquibasesInAnotherLetterCaseAndUnderAPrefixIsNamed() throws SQLException {
      LiquibaseRun.ofChangesets(database.dataSource(), "db/a.xml", "1", "2").update();
      database.execute("RENAME TABLE DATABASECHANGELOG TO Shop_DatabaseChangeLog");

      followElsewhere(LIQUIBASE);
    }

    /** A name that means no choice on PostgreSQL, and here is the database of the URL. */
    @Test
    void theDatabaseMayBeCalledPublic() throws SQLException {
      database.execute("CREATE DATABASE public");
      try {
        TestDatabase other = database.named("public");
        LiquibaseRun.ofChangesets(other.dataSource(), "db/a.xml", "1", "2").update();
        other.execute("RENAME TABLE DATABASECHANGELOG TO Shop_DatabaseChangeLog");

        try (SchemaGuard guard = OtherTableNamesTest.builder(other, LIQUIBASE).build()) {
          assertThat(guard.check().problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
        }
      } finally {
        database.execute("DROP DATABASE public");
      }
    }

    /** The URL names the database, so that this one is meant. */
    @Test
    void liquibasesInAnotherDatabaseIsNotThisOne() throws SQLException {
      TestDatabase other = server.get();
      LiquibaseRun.ofChangesets(other.dataSource(), "db/a.xml", "1", "2").update();
      other.execute("RENAME TABLE DATABASECHANGELOG TO DatabaseChangeLog");

      MigrationStatus status = check(LIQUIBASE, HistoryLocation.DEFAULT);

      assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
    }
  }

  /** The tool {@code table}, whose name for the table is mistyped. */
  abstract static class OfATableInSettings {

    final TestDatabase database;

    OfATableInSettings(TestDatabase database) {
      this.database = database;
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "django_migratons",
          "django_migration",
          "Django_Migrations",
          "migrations",
          "app_django_migrations"
        })
    void aMistypedNameIsNotAFreshDatabase(String mistyped) throws SQLException {
      record("0001_initial", "0002_price");
      CustomHistoryTable settings = CustomHistoryTable.of(mistyped, "name").orderedBy("id");

      MigrationStatus status = check(settings);

      if (status.verdict() != Verdict.UP_TO_DATE) {
        assertThat(status.problem().code())
            .as(status.summary())
            .isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
        String named = options(status.problem().actions().get(0)).get(1);
        assertThat(named).isEqualToIgnoringCase("django_migrations");
        assertThat(check(CustomHistoryTable.of(named, "name").orderedBy("id")).verdict())
            .isEqualTo(Verdict.UP_TO_DATE);
      }
    }

    @Test
    void anotherApplicationsTableOfASimilarNameIsMentioned() throws SQLException {
      record("invoice", "dunning");

      MigrationStatus status = check(CustomHistoryTable.of("migrations", "name").orderedBy("id"));

      assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(status.notes()).anyMatch(note -> note.contains("another application's history"));
    }

    @Test
    void aTableOfTheSameColumnsAndAnotherNameIsNoHistory() throws SQLException {
      database.execute(
          "CREATE TABLE customer (id INT, name VARCHAR(50))",
          "INSERT INTO customer VALUES (1, 'Ann')");

      MigrationStatus status = check(CustomHistoryTable.of("migrations", "name").orderedBy("id"));

      assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(status.notes()).noneMatch(note -> note.contains("customer (table)"));
    }

    private void record(String... names) throws SQLException {
      database.execute("CREATE TABLE django_migrations (id INT, name VARCHAR(50))");
      for (int i = 0; i < names.length; i++) {
        database.execute("INSERT INTO django_migrations VALUES (%d, '%s')".formatted(i, names[i]));
      }
    }

    private MigrationStatus check(CustomHistoryTable settings) {
      try (SchemaGuard guard =
          builder("0001_initial\n0002_price\n").customTable(settings).build()) {
        return guard.check();
      }
    }

    MigrationStatus check(String chain, HistoryLocation location) {
      try (SchemaGuard guard = builder(chain).history(location).build()) {
        return guard.check();
      }
    }

    SchemaGuardBuilder builder(String chain) {
      return OtherTableNamesTest.builder(database, chain);
    }

    /** A first check that names the place, and a second one there. */
    void followElsewhere(String chain) {
      MigrationStatus status = check(chain, HistoryLocation.DEFAULT);
      assertThat(status.problem().code())
          .as(status.summary())
          .isEqualTo("GUARD-UNREADABLE-ELSEWHERE");

      List<String> named = options(status.problem().actions().get(0));

      assertThat(check(chain, new HistoryLocation(named.get(0), named.get(1), null)).verdict())
          .isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  @Nested
  class AmongMoreThanAHundred {

    private final TestDatabase database = H2.database();

    @Test
    void oneThatWasNotReadLeavesTheDatabaseInDoubt() throws SQLException {
      LiquibaseRun.ofChangesets(database.dataSource(), "db/a.xml", "1", "2").update();
      database.execute("ALTER TABLE DATABASECHANGELOG RENAME TO ZZ_LOG");
      createHistoriesOfOthers(120);

      MigrationStatus status = check(LIQUIBASE);

      assertThat(status.verdict()).isEqualTo(Verdict.UNREADABLE);
      assertThat(status.problem().why())
          .contains("may be this application's", "only the first 100");
      assertThat(status.problem().actions()).anyMatch(action -> action.contains("--assume-new"));
      assertThat(status.duration()).isLessThan(Duration.ofSeconds(10));
      assertThat(status.problem().text("x", null).length()).isLessThanOrEqualTo(2048);
    }

    @Test
    void oursIsNamedIfItIsOneOfTheFirst() throws SQLException {
      LiquibaseRun.ofChangesets(database.dataSource(), "db/a.xml", "1", "2").update();
      database.execute("ALTER TABLE DATABASECHANGELOG RENAME TO A_LOG");
      createHistoriesOfOthers(120);

      assertThat(options(check(LIQUIBASE).problem().actions().get(0)).get(1)).isEqualTo("A_LOG");
    }

    @Test
    void theNotesAreFewIfAllAreOthers() throws SQLException {
      createHistoriesOfOthers(90);

      MigrationStatus status = check(LIQUIBASE);

      assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(status.notes()).hasSizeBetween(1, 6);
    }

    private void createHistoriesOfOthers(int count) throws SQLException {
      TestDatabase model = database;
      List<String> statements = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        statements.add(
            "CREATE TABLE LOG_%03d (ID VARCHAR(9), AUTHOR VARCHAR(9), FILENAME VARCHAR(9),"
                    .formatted(i)
                + " DATEEXECUTED TIMESTAMP, ORDEREXECUTED INT, EXECTYPE VARCHAR(10), MD5SUM VARCHAR(9))"
                + " AS SELECT 'x', 'ann', 'x.xml', NOW(), 1, 'EXECUTED', NULL");
      }
      model.execute(statements.toArray(String[]::new));
    }

    private MigrationStatus check(String chain) {
      try (SchemaGuard guard = builder(database, chain).build()) {
        return guard.check();
      }
    }
  }

  /** Schema and table that an action names as options; null for one that it does not. */
  private static List<String> options(String action) {
    String[] named = new String[2];
    Matcher option = OPTION.matcher(action);
    while (option.find()) {
      named[option.group(1).equals("schema") ? 0 : 1] = option.group(2);
    }
    return java.util.Arrays.asList(named);
  }

  private static SchemaGuardBuilder builder(TestDatabase database, String chain) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt")))
        .environment(variable -> null);
  }
}
