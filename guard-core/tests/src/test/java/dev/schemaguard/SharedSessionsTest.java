// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.PgBouncer;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresPgBouncer;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks through a pooler that shares server sessions between transactions, beside clients that are
 * busy on the same sessions. A prepared statement that the driver named on one session may mean
 * another client's statement on the other.
 */
@RequiresPgBouncer
class SharedSessionsTest {

  private static final int CHECKS = 100;

  /**
   * The checks after which the sessions change; a driver names a statement that it sent 5 times.
   */
  private static final int FIRST = 8;

  /** More names than a driver gives in so many checks. */
  private static final int NAMES = 20;

  private static PgBouncer pooler;

  @BeforeAll
  static void startPooler() throws IOException {
    pooler = PgBouncer.start();
  }

  @AfterAll
  static void stopPooler() throws IOException {
    pooler.close();
  }

  @ParameterizedTest(name = "auto-commit {0}, {1}")
  @CsvSource({
    "true, ''",
    "false, ''",
    "true, prepareThreshold=2",
    "true, preferQueryMode=extendedCacheEverything",
    "true, preparedStatementCacheQueries=0",
  })
  void noAnswerIsThatToAnotherClientsStatement(boolean autoCommit, String driverSetting)
      throws SQLException {
    assertThat(verdicts(autoCommit, driverSetting))
        .containsExactly(Map.entry(Verdict.UP_TO_DATE, CHECKS));
  }

  private static Map<Verdict, Integer> verdicts(boolean autoCommit, String driverSetting)
      throws SQLException {
    TestDatabase database = Postgres.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    TestDatabase shared = pooler.of(database);
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    try (Clients busy = new Clients(shared);
        HikariDataSource pool = pool(shared, autoCommit, driverSetting);
        SchemaGuard guard = Statewave.guard(pool, "0.6.1").build()) {
      for (int i = 0; i < CHECKS; i++) {
        busy.work(i);
        MigrationStatus status = guard.check();
        verdicts.merge(status.verdict(), 1, Integer::sum);
      }
    }
    return verdicts;
  }

  /** A driver that names what it sends once only collides with other names, and gets an error. */
  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void aDriverThatNamesEveryStatementGetsNoWrongAnswer(int threshold) throws SQLException {
    assertThat(verdicts(true, "prepareThreshold=" + threshold).keySet())
        .isSubsetOf(Verdict.UP_TO_DATE, Verdict.UNREADABLE, Verdict.UNREACHABLE);
  }

  private static HikariDataSource pool(
      TestDatabase database, boolean autoCommit, String driverSetting) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url() + "?" + driverSetting);
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(1);
    config.setAutoCommit(autoCommit);
    return new HikariDataSource(config);
  }

  /**
   * Two other clients. One has named its statements, as drivers do, on the server session that it
   * holds; the other takes and returns the session that the guard had last, so that the guard's
   * checks move from one session to the other.
   */
  private static final class Clients implements AutoCloseable {

    private final Connection naming;
    private final Connection moving;
    private boolean holding;

    Clients(TestDatabase database) throws SQLException {
      naming = connection(database);
      moving = connection(database);
      for (int i = 1; i < NAMES; i++) {
        execute(naming, "PREPARE \"S_" + i + "\" AS SELECT 1 WHERE FALSE");
      }
    }

    private static Connection connection(TestDatabase database) throws SQLException {
      Connection connection =
          database.withUrl(database.url() + "?prepareThreshold=0").dataSource().getConnection();
      connection.setAutoCommit(false);
      return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    void work(int round) throws SQLException {
      if (round == FIRST) {
        naming.commit();
      }
      if (holding) {
        moving.commit();
      } else if (round >= FIRST) {
        execute(moving, "SELECT 1");
      }
      holding = !holding && round >= FIRST;
    }

    @Override
    public void close() throws SQLException {
      naming.close();
      moving.close();
    }
  }
}
