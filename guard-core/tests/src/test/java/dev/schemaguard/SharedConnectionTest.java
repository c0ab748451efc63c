// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.PgBouncer;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.RequiresPgBouncer;
import dev.schemaguard.testing.SharedConnection;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * A DataSource that lends one connection to everybody, without auto-commit and with {@code close}
 * suppressed, as Spring's SingleConnectionDataSource does: a check neither commits nor rolls back
 * what the application is doing on it.
 */
class SharedConnectionTest {

  /** What every database has to show. */
  abstract static class Contract {

    private final TestDatabase database = migrated(database());

    abstract TestDatabase database();

    /** Where the guard and the application connect. */
    TestDatabase connectedTo(TestDatabase migrated) {
      return migrated;
    }

    private static TestDatabase migrated(TestDatabase database) {
      Statewave.update(database.dataSource(), Statewave.REVISIONS);
      try {
        database.execute("CREATE TABLE orders_of_application (id INT)");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return database;
    }

    Connection connect() throws SQLException {
      Connection connection = connectedTo(database).dataSource().getConnection();
      connection.setAutoCommit(false);
      return connection;
    }

    @Test
    void anUncommittedRowIsStillThereToCommit() throws SQLException {
      try (Connection connection = connect()) {
        insert(connection);

        assertThat(verdict(connection, Function.identity())).isEqualTo(Verdict.UP_TO_DATE);

        assertThat(rows()).as("committed by the guard").isEqualTo("0");
        connection.commit();
        assertThat(rows()).as("rolled back by the guard").isEqualTo("1");
      }
    }

    @Test
    void aRowBehindWhichTheGuardsQueriesFailIsStillThere() throws SQLException {
      try (Connection connection = connect()) {
        insert(connection);

        Verdict verdict =
            verdict(
                connection,
                guard ->
                    guard
                        .tool(Tool.LIQUIBASE)
                        .history(new HistoryLocation(null, "absent_table", "absent_lock")));

        assertThat(verdict).isIn(Verdict.UNINITIALIZED, Verdict.UNREADABLE);
        assertThat(rows()).isEqualTo("0");
        connection.commit();
        assertThat(rows()).isEqualTo("1");
      }
    }

    @Test
    void whatTheApplicationRollsBackIsGone() throws SQLException {
      try (Connection connection = connect()) {
        insert(connection);

        verdict(connection, Function.identity());

        connection.rollback();
        assertThat(rows()).isEqualTo("0");
      }
    }

    @Test
    void aTransactionThatTheGuardBeganIsEnded() throws SQLException {
      try (Connection connection = connect()) {
        assertThat(verdict(connection, Function.identity())).isEqualTo(Verdict.UP_TO_DATE);

        assertThat(isInTransaction(connection)).isFalse();
      }
    }

    /** Whether the product says that a transaction is open. */
    abstract boolean isInTransaction(Connection connection) throws SQLException;

    private static void insert(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO orders_of_application VALUES (1)");
      }
    }

    private String rows() throws SQLException {
      return database.value("SELECT COUNT(*) FROM orders_of_application");
    }

    private static Verdict verdict(
        Connection connection, Function<SchemaGuardBuilder, SchemaGuardBuilder> settings) {
      SchemaGuardBuilder builder =
          Statewave.guard(SharedConnection.dataSource(connection), "0.6.1");
      return settings.apply(builder).build().check().verdict();
    }
  }

  private static String one(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Nested
  class OnH2 extends Contract {

    @Override
    TestDatabase database() {
      return H2.database();
    }

    @Override
    boolean isInTransaction(Connection connection) throws SQLException {
      return one(connection, "SELECT TRANSACTION_ID()") != null;
    }
  }

  @Nested
  class OnPostgres extends Contract {

    @Override
    TestDatabase database() {
      return Postgres.database();
    }

    @Override
    boolean isInTransaction(Connection connection) throws SQLException {
      int pid = connection.unwrap(PGConnection.class).getBackendPID();
      return !Postgres.of("postgres")
          .value("SELECT state FROM pg_stat_activity WHERE pid = " + pid)
          .equals("idle");
    }

    @Test
    void aTransactionThatOnlyReadsKeepsItsSnapshotAndItsLocks() throws SQLException {
      try (Connection connection = connect()) {
        one(connection, "SELECT pg_advisory_xact_lock_shared(4711)");

        assertThat(verdictOf(connection)).isEqualTo(Verdict.UP_TO_DATE);

        assertThat(one(connection, "SELECT COUNT(*) FROM pg_locks WHERE objid = 4711"))
            .isEqualTo("1");
      }
    }

    @Test
    void aReadOnlyTransactionIsReadInAndNotEnded() throws SQLException {
      try (Connection connection = connect()) {
        connection.setReadOnly(true);
        one(connection, "SELECT pg_advisory_xact_lock_shared(4712)");

        assertThat(verdictOf(connection)).isEqualTo(Verdict.UP_TO_DATE);

        assertThat(one(connection, "SELECT COUNT(*) FROM pg_locks WHERE objid = 4712"))
            .isEqualTo("1");
      }
    }

    @Test
    void aTransactionThatHasFailedIsNotJudgedAndNotEnded() throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> statement.execute("SELECT 1 / 0"));

        MigrationStatus status =
            Statewave.guard(SharedConnection.dataSource(connection), "0.6.1").build().check();

        assertThat(status.verdict()).isEqualTo(Verdict.UNREACHABLE);
        assertThat(connection.unwrap(BaseConnection.class).getTransactionState())
            .isEqualTo(TransactionState.FAILED);
      }
    }

    @Test
    void aCheckThatRunsOutOfTimeLeavesTheTransaction() throws Exception {
      TestDatabase locked = Contract.migrated(Postgres.database());
      try (Connection migration = locked.dataSource().getConnection();
          Connection connection = locked.dataSource().getConnection()) {
        connection.setAutoCommit(false);
        Contract.insert(connection);
        migration.setAutoCommit(false);
        try (Statement statement = migration.createStatement()) {
          statement.execute("LOCK TABLE databasechangelog IN ACCESS EXCLUSIVE MODE");
        }

        Verdict verdict =
            Contract.verdict(connection, guard -> guard.timeout(Duration.ofMillis(300)));
        Patience.untilNoGuardThread(Duration.ofSeconds(20));

        assertThat(verdict).isEqualTo(Verdict.UNREACHABLE);
        connection.commit();
        assertThat(locked.value("SELECT COUNT(*) FROM orders_of_application")).isEqualTo("1");
      }
    }

    private static Verdict verdictOf(Connection connection) {
      return Contract.verdict(connection, Function.identity());
    }
  }

  @Nested
  @RequiresPgBouncer
  class ThroughAPooler extends Contract {

    private static PgBouncer pooler;

    @BeforeAll
    static void start() throws IOException {
      pooler = PgBouncer.start();
    }

    @AfterAll
    static void stop() throws IOException {
      pooler.close();
    }

    @Override
    TestDatabase database() {
      return Postgres.database();
    }

    @Override
    TestDatabase connectedTo(TestDatabase migrated) {
      return pooler.of(migrated);
    }

    @Override
    boolean isInTransaction(Connection connection) throws SQLException {
      return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
    }
  }

  @Nested
  @RequiresMariaDb
  class OnMariaDb extends Contract {

    @Override
    TestDatabase database() {
      return MariaDb.database();
    }

    @Override
    boolean isInTransaction(Connection connection) throws SQLException {
      return one(connection, "SELECT @@in_transaction").equals("1");
    }
  }

  @Nested
  @RequiresMySql
  class OnMySql extends Contract {

    @Override
    TestDatabase database() {
      return MySql.database();
    }

    @Override
    boolean isInTransaction(Connection connection) throws SQLException {
      return !one(
              connection,
              "SELECT COUNT(*) FROM information_schema.INNODB_TRX"
                  + " WHERE TRX_MYSQL_THREAD_ID = CONNECTION_ID()")
          .equals("0");
    }
  }
}
