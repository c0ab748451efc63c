// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.Tool;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import dev.schemaguard.tool.Tools;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the guard concludes from the errors and the catalog of a product that cannot run here. */
class SimulatedProductsTest {

  private static final String OWNER = "OWNER";
  private static final Set<String> RAN = new TreeSet<>();
  private static boolean went = true;

  @RegisterExtension
  static final AfterEachCallback OUTCOME =
      context -> went &= context.getExecutionException().isEmpty();

  /** The rows of docs/reference/databases.md. */
  @AfterAll
  static void recordTheRows() {
    if (went) {
      for (String product : RAN) {
        TestedRow.simulated(product, EnumSet.of(Tool.LIQUIBASE));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFreshDatabaseIsFresh(SimulatedProduct product) throws SQLException {
    TestDatabase database = database(product);

    assertThat(check(product.in(database.dataSource())).verdict()).isEqualTo(Verdict.UNINITIALIZED);
  }

  @ParameterizedTest
  @EnumSource
  void aHistoryIsRead(SimulatedProduct product) throws SQLException {
    TestDatabase database = migrated(product);

    assertThat(check(product.in(database.dataSource())).verdict()).isEqualTo(Verdict.UP_TO_DATE);

    RAN.add(product.title());
  }

  @ParameterizedTest
  @EnumSource
  void flywaysChangeTokenIsReadWithoutBooleans(SimulatedProduct product) throws SQLException {
    TestDatabase database = database(product);
    FlywayRun.of(database.dataSource(), "V1__first", "V2__second").migrate();
    database.execute("ALTER TABLE \"flyway_schema_history\" ALTER COLUMN \"success\" SMALLINT");
    HistoryReader reader = Tools.reader(Tool.FLYWAY, HistoryLocation.DEFAULT);

    try (Connection connection = product.in(database.dataSource()).getConnection()) {
      DatabaseSession session = new DatabaseSession(connection);
      assertThat(reader.read(session)).isInstanceOf(HistoryResult.History.class);
      assertThat(reader.changeToken(session)).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHistoryThatTheRoleMayNotReadIsNotFresh(SimulatedProduct product) throws SQLException {
    TestDatabase database = migrated(product);

    MigrationStatus status = check(product.in(otherRole(database)));

    assertThat(problem(status)).isEqualTo("GUARD-UNREADABLE-PERMISSION");
    assertThat(Objects.requireNonNull(status.problem()).actions().toString())
        .contains("GRANT SELECT ON");
  }

  @ParameterizedTest
  @EnumSource
  void aFreshSchemaOfAnotherRoleIsNotCalledFreshIfTheProductCannotTell(SimulatedProduct product)
      throws SQLException {
    TestDatabase database = database(product);

    MigrationStatus status = check(product.in(otherRole(database)));

    assertThat(problem(status))
        .isEqualTo(
            product == SimulatedProduct.ORACLE
                ? "GUARD-UNREADABLE-PERMISSION"
                : "GUARD-UNINITIALIZED");
  }

  @ParameterizedTest
  @EnumSource
  void aTimeLimitSaysNothingAboutTheTable(SimulatedProduct product) throws SQLException {
    assertThat(problem(check(product.limited(migrated(product)))))
        .isEqualTo("GUARD-UNREACHABLE-TIMEOUT");
  }

  @ParameterizedTest
  @EnumSource
  void aDatabaseThatTakesNoWritesIsNotMigrated(SimulatedProduct product) throws SQLException {
    TestDatabase database = database(product);

    MigrationStatus status = check(product.readOnly(database.dataSource()));

    assertThat(problem(status)).isEqualTo("GUARD-UNINITIALIZED");
    assertThat(status.toJson().contains("takes no writes")).isEqualTo(product.showsWriteState());
  }

  @ParameterizedTest
  @CsvSource({
    // SQL Server: login failed, cannot open the database, too many connections, in recovery.
    "S0001, 18456, GUARD-UNREACHABLE-LOGIN",
    "S0001, 4060, GUARD-UNREACHABLE-DATABASE",
    "S0001, 17809, GUARD-UNREACHABLE-CONNECTIONS",
    "S0001, 922, GUARD-UNREACHABLE",
    // Oracle: wrong password, locked account, unknown service, no process left, starting.
    "72000, 1017, GUARD-UNREACHABLE-LOGIN",
    "99999, 28000, GUARD-UNREACHABLE-LOGIN",
    "08006, 12514, GUARD-UNREACHABLE-DATABASE",
    "08006, 12516, GUARD-UNREACHABLE-CONNECTIONS",
    "08006, 1033, GUARD-UNREACHABLE",
    // Db2: wrong password, unknown database, too many applications, not started.
    "28000, -4214, GUARD-UNREACHABLE-LOGIN",
    "08004, -30061, GUARD-UNREACHABLE-DATABASE",
    "57030, -1040, GUARD-UNREACHABLE-CONNECTIONS",
    "57019, -1032, GUARD-UNREACHABLE",
  })
  void aRefusedConnectionIsExplained(String state, int code, String problem) {
    DataSource refusing =
        SimpleDataSource.of(
            () -> {
              throw new SQLException("refused", state, code);
            });

    assertThat(problem(check(refusing))).isEqualTo(problem);
  }

  /** A database whose schema belongs to the role, as on the product. */
  private static TestDatabase database(SimulatedProduct product) throws SQLException {
    TestDatabase database = H2.database();
    String schema = product == SimulatedProduct.SQL_SERVER ? "DBO" : OWNER;
    database.execute(
        "CREATE USER " + OWNER + " PASSWORD 'owner' ADMIN",
        "CREATE SCHEMA " + schema + " AUTHORIZATION " + OWNER);
    return new TestDatabase(database.url() + ";SCHEMA=" + schema, OWNER, "owner");
  }

  private static TestDatabase migrated(SimulatedProduct product) throws SQLException {
    TestDatabase database = database(product);
    Statewave.run(database.dataSource()).update();
    return database;
  }

  /** Connections of a role without any right, in the same schema. */
  private static DataSource otherRole(TestDatabase database) throws SQLException {
    database.execute("CREATE USER READER PASSWORD 'reader'");
    return database
        .withUrl(database.url().replace(";DB_CLOSE_DELAY=-1", ""))
        .as("READER", "reader");
  }

  private static MigrationStatus check(DataSource dataSource) {
    return Statewave.guard(dataSource, "0.6.1").build().check();
  }

  private static String problem(MigrationStatus status) {
    return status.problem() == null ? status.verdict().name() : status.problem().code();
  }

  @Test
  void cockroachDbIsAskedForNothingThatItDoesNotHave() throws SQLException {
    TestDatabase database = Postgres.database();
    List<String> refused = new ArrayList<>();
    DataSource cockroach = SimulatedCockroachDb.in(database.dataSource(), refused);

    assertThat(check(cockroach).verdict()).isEqualTo(Verdict.UNINITIALIZED);
    Statewave.run(database.dataSource()).update();
    MigrationStatus status = check(cockroach);

    assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(Statewave.guard(cockroach, "0.6.1").build().preflight().go()).isTrue();
    assertThat(refused).isEmpty();
    try (Connection connection = cockroach.getConnection()) {
      assertThat(new DatabaseSession(connection).dbms()).isEqualTo("cockroachdb");
    }
    RAN.add("CockroachDB");
  }

  @Test
  void theDocumentationNamesThem() {
    List<String> lines = Document.of("docs/reference/databases.md").lines();
    int header = lines.indexOf("| simulated database | what differs |");

    List<String> named = new ArrayList<>();
    for (int i = header + 2; !lines.get(i).isEmpty(); i++) {
      named.add(lines.get(i).split("\\|", -1)[1].strip());
    }
    List<String> simulated = new ArrayList<>();
    for (SimulatedProduct product : SimulatedProduct.values()) {
      simulated.add(product.title());
    }
    simulated.add("CockroachDB");
    assertThat(named).isEqualTo(simulated);
  }
}
