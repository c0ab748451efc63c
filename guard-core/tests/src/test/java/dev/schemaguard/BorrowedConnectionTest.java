// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.ConnectionState;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.SharedConnection;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

/** A borrowed connection is given back as it was lent. */
class BorrowedConnectionTest {

  /** The history is in one schema, another has none, a third may not be read. */
  private static final TestDatabase DATABASE = Postgres.database();

  private static String role;

  @BeforeAll
  static void prepare() throws SQLException {
    role = Postgres.role("reader");
    DATABASE.execute(
        "CREATE SCHEMA migrated",
        "CREATE SCHEMA fresh",
        "CREATE SCHEMA forbidden",
        "GRANT USAGE ON SCHEMA migrated, fresh, forbidden TO " + role);
    Statewave.run(DATABASE.dataSource()).in("migrated").update();
    Statewave.run(DATABASE.dataSource()).in("forbidden").update();
    DATABASE.execute("GRANT SELECT ON ALL TABLES IN SCHEMA migrated TO " + role);
  }

  @ParameterizedTest
  @CsvSource({
    "migrated, true, true, UP_TO_DATE",
    "migrated, true, false, UP_TO_DATE",
    "migrated, false, true, UP_TO_DATE",
    "migrated, false, false, UP_TO_DATE",
    "fresh, true, true, UNINITIALIZED",
    "fresh, false, false, UNINITIALIZED",
    "forbidden, true, true, UNREADABLE",
    "forbidden, false, false, UNREADABLE"
  })
  void toADataSourceWithoutAPool(
      String schema, boolean autoCommit, boolean readOnly, Verdict verdict) throws SQLException {
    try (Connection connection = DATABASE.as(role, role).getConnection()) {
      connection.setReadOnly(readOnly);
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setNetworkTimeout(Runnable::run, 12_345);
      connection.setAutoCommit(autoCommit);
      // Without auto-commit, a setting that a rollback would take back.
      connection.setSchema(schema);
      ConnectionState before = ConnectionState.of(connection);
      String transaction = transactionState(connection);

      assertThat(verdict(SharedConnection.dataSource(connection))).isEqualTo(verdict);

      assertThat(transactionState(connection)).isEqualTo(transaction);
      assertThat(ConnectionState.of(connection)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "migrated, true, true, UP_TO_DATE",
    "migrated, false, false, UP_TO_DATE",
    "fresh, false, true, UNINITIALIZED",
    "forbidden, false, false, UNREADABLE"
  })
  void toAPool(String schema, boolean autoCommit, boolean readOnly, Verdict verdict)
      throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(DATABASE.url());
    config.setUsername(role);
    config.setPassword(role);
    config.setMaximumPoolSize(1);
    config.setAutoCommit(autoCommit);
    config.setReadOnly(readOnly);
    config.setSchema(schema);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    config.setLeakDetectionThreshold(Duration.ofSeconds(10).toMillis());
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertThat(verdict(pool)).isEqualTo(verdict);

      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      try (Connection connection = pool.getConnection()) {
        assertThat(transactionState(connection)).isEqualTo("idle");
        assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
        assertThat(connection.isReadOnly()).isEqualTo(readOnly);
        assertThat(connection.getSchema()).isEqualTo(schema);
        assertThat(connection.getTransactionIsolation())
            .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
      }
    }
  }

  private static Verdict verdict(DataSource dataSource) {
    return Statewave.guard(dataSource, "0.6.1").build().checkWithLock().verdict();
  }

  /** What the server says about the connection's transaction, asked over another connection. */
  private static String transactionState(Connection connection) throws SQLException {
    int pid = connection.unwrap(PGConnection.class).getBackendPID();
    return DATABASE.value("SELECT state FROM pg_stat_activity WHERE pid = " + pid);
  }
}
