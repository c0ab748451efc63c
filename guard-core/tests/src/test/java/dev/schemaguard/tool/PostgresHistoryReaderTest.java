// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.Tool;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresHistoryReaderTest extends HistoryReaderContract {

  @Override
  TestDatabase database() {
    return Postgres.database();
  }

  @Override
  String currentSchema(TestDatabase fresh) {
    return "public";
  }

  @Override
  String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  DataSource powerless(TestDatabase fresh) throws SQLException {
    String role = Postgres.role("Reader-");
    return fresh.as(role, role);
  }

  @Nested
  class SearchPaths {

    private final TestDatabase database = Postgres.database();

    @Test
    void aTableFurtherDownTheSearchPathIsNotOurs() throws SQLException {
      database.execute("CREATE SCHEMA a", "CREATE SCHEMA b");
      run(database, "x").in("b").update();

      assertThat(read(path("a,b"), HistoryLocation.DEFAULT)).isInstanceOf(Absent.class);
      assertThat(read(path("a,b"), inSchema("a"))).isInstanceOf(Absent.class);
      assertThat(ids(read(path("a,b"), inSchema("b")))).containsExactly("x");
    }

    @Test
    void theFirstSchemaOfTheSearchPathIsTheCurrentOne() throws SQLException {
      database.execute("CREATE SCHEMA a", "CREATE SCHEMA b");
      run(database, "x").in("a").update();
      run(database, "y").in("b").update();

      assertThat(ids(read(path("b,a"), HistoryLocation.DEFAULT))).containsExactly("y");
    }

    @Test
    void aSchemaThatIsNotThereIsPassedOver() throws SQLException {
      database.execute("CREATE SCHEMA b");
      run(database, "y").in("b").update();

      assertThat(ids(read(path("missing,b"), HistoryLocation.DEFAULT))).containsExactly("y");
    }

    @Test
    void aSearchPathWithoutAnySchemaIsNoFreshDatabase() throws SQLException {
      Unreadable empty = unreadable(read(path("missing"), HistoryLocation.DEFAULT), Cause.SCHEMA);
      assertThat(empty.why()).isEqualTo("the connection has no current schema");
      assertThat(empty.actions().toString()).contains("There are public.");

      run(database, "x").update();
      Unreadable elsewhere =
          unreadable(read(path("missing"), HistoryLocation.DEFAULT), Cause.ELSEWHERE);
      assertThat(elsewhere.why()).isEqualTo("the connection has no current schema, but public has");
    }

    @Test
    void aTemporaryTableOfTheSameNameIsNotOurs() throws SQLException {
      run(database, "x").update();
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TEMPORARY TABLE databasechangelog (id INT)");

        assertThat(
                ids(
                    Tools.reader(Tool.LIQUIBASE, HistoryLocation.DEFAULT)
                        .read(new DatabaseSession(connection))))
            .containsExactly("x");
      }
    }

    private DataSource path(String schemas) {
      return database.withUrl(database.url() + "?currentSchema=" + schemas).dataSource();
    }
  }

  @Nested
  class Names {

    private final TestDatabase database = Postgres.database();

    @Test
    void aSchemaOfExactlyThisNameBeatsOneInAnotherLetterCase() throws SQLException {
      database.execute("CREATE SCHEMA orders");
      run(database, "lower").in("orders").update();
      database.execute(
          "CREATE SCHEMA \"Orders\"",
          "CREATE TABLE \"Orders\".databasechangelog AS SELECT * FROM orders.databasechangelog",
          "UPDATE \"Orders\".databasechangelog SET id = 'mixed'");

      assertThat(ids(read(database.dataSource(), inSchema("Orders")))).containsExactly("mixed");
      assertThat(ids(read(database.dataSource(), inSchema("orders")))).containsExactly("lower");
      Unreadable unreadable =
          unreadable(read(database.dataSource(), inSchema("ORDERS")), Cause.SCHEMA);
      assertThat(unreadable.actions().toString()).contains("Orders").contains("orders");
    }

    @Test
    void aTableAsLiquibaseSpellsItBeatsOneInAnotherLetterCase() throws SQLException {
      run(database, "x").update();
      database.execute(
          "CREATE TABLE \"DATABASECHANGELOG\" AS SELECT * FROM databasechangelog WHERE 1 = 0",
          "ALTER TABLE databasechangelog DROP COLUMN comments");

      assertThat(ids(read(database.dataSource(), HistoryLocation.DEFAULT))).containsExactly("x");
    }

    @Test
    void aSchemaMayHoldAnyCharacter() throws SQLException {
      database.execute("CREATE SCHEMA \"it's \"\"odd\"\"\"");
      run(database, "x").update();
      database.execute("ALTER TABLE databasechangelog SET SCHEMA \"it's \"\"odd\"\"\"");

      assertThat(ids(read(database.dataSource(), inSchema("it's \"odd\"")))).containsExactly("x");
    }
  }

  @Nested
  class Rights {

    private final TestDatabase database = Postgres.database();

    @Test
    void aSchemaThatMayNotBeUsedIsNoFreshDatabase() throws SQLException {
      run(database, "x").update();
      database.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
      DataSource role = powerless(database);

      // Named or not: PostgreSQL has no current schema where none of the path may be used.
      for (HistoryLocation location : List.of(HistoryLocation.DEFAULT, inSchema("public"))) {
        Unreadable unreadable = unreadable(read(role, location), Cause.PERMISSION);

        assertThat(unreadable.why()).isEqualTo("the role may not use the schema public");
        assertThat(unreadable.actions().toString())
            .contains("GRANT USAGE ON SCHEMA \"public\" TO \"Reader-")
            .contains("; GRANT SELECT ON \"public\".\"databasechangelog\" TO \"Reader-");
      }
      database.execute(
          unreadable(read(role, HistoryLocation.DEFAULT), Cause.PERMISSION).actions().get(0));
      assertThat(ids(read(role, HistoryLocation.DEFAULT))).containsExactly("x");
    }

    @Test
    void aSchemaThatMayNotBeUsedAndHasNoTableIsNotProvenToBeFresh() throws SQLException {
      database.execute("CREATE SCHEMA closed");

      unreadable(read(powerless(database), inSchema("closed")), Cause.PERMISSION);
    }

    @Test
    void theRightsOfTheCurrentRoleCountNotThoseOfTheLogin() throws SQLException {
      run(database, "x").update();
      String login = Postgres.role("login");
      String worker = Postgres.role("worker");
      database.execute(
          "GRANT \"%s\" TO \"%s\"".formatted(worker, login),
          "ALTER ROLE \"%s\" SET role TO '%s'".formatted(login, worker));

      Unreadable unreadable =
          unreadable(read(database.as(login, login), HistoryLocation.DEFAULT), Cause.PERMISSION);

      assertThat(unreadable.actions())
          .first()
          .isEqualTo(
              "GRANT SELECT ON \"public\".\"databasechangelog\" TO \"%s\"".formatted(worker));
    }

    @Test
    void theSecondGrantAlsoCoversAHistoryThatTheMigratorCreatesAnew() throws SQLException {
      String migrator = Postgres.role("Migrator");
      database.execute("GRANT ALL ON SCHEMA public TO \"%s\"".formatted(migrator));
      TestDatabase migrators = new TestDatabase(database.url(), migrator, migrator);
      run(migrators, "x").update();
      DataSource role = powerless(database);

      List<String> grants =
          unreadable(read(role, HistoryLocation.DEFAULT), Cause.PERMISSION).actions();
      assertThat(grants)
          .hasSize(2)
          .last()
          .asString()
          .contains("ALTER DEFAULT PRIVILEGES FOR ROLE \"" + migrator + "\" IN SCHEMA \"public\"");
      migrators.execute(grants.get(1));
      assertThat(ids(read(role, HistoryLocation.DEFAULT))).containsExactly("x");

      migrators.execute("DROP TABLE databasechangelog, databasechangeloglock");
      run(migrators, "y").update();
      assertThat(ids(read(role, HistoryLocation.DEFAULT))).containsExactly("y");
    }

    @Test
    void rightsOnTheColumnsThatAreReadAreEnough() throws SQLException {
      run(database, "x").update();
      String role = Postgres.role("reader");
      database.execute(
          ("GRANT SELECT (id, author, filename, dateexecuted, orderexecuted, exectype, comments,"
                  + " tag) ON databasechangelog TO \"%s\"")
              .formatted(role));

      assertThat(ids(read(database.as(role, role), HistoryLocation.DEFAULT))).containsExactly("x");
    }

    @Test
    void rightsOnSomeColumnsAreNotEnough() throws SQLException {
      run(database, "x").update();
      String role = Postgres.role("reader");
      database.execute("GRANT SELECT (id) ON databasechangelog TO \"%s\"".formatted(role));

      unreadable(read(database.as(role, role), HistoryLocation.DEFAULT), Cause.PERMISSION);
    }

    @Test
    void rowsThatRowSecurityHidesAreNoEmptyHistory() throws SQLException {
      run(database, "x").update();
      String role = Postgres.role("reader");
      database.execute(
          "GRANT SELECT ON databasechangelog TO \"%s\"".formatted(role),
          "ALTER TABLE databasechangelog ENABLE ROW LEVEL SECURITY");

      HistoryReader reader = Tools.reader(Tool.LIQUIBASE, HistoryLocation.DEFAULT);
      try (Connection connection = database.as(role, role).getConnection()) {
        DatabaseSession session = new DatabaseSession(connection);
        HistoryPlace place = reader.read(session).place();
        assertThat(reader.hiddenRows(session, place)).isPresent();
      }
      try (Connection connection = database.dataSource().getConnection()) {
        DatabaseSession session = new DatabaseSession(connection);
        HistoryPlace place = reader.read(session).place();
        assertThat(reader.hiddenRows(session, place)).isEmpty();
      }
    }
  }
}
