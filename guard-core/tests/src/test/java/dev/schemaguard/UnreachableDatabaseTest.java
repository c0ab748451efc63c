// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is said about a database that cannot be asked: at once, what it is, and no secret. */
class UnreachableDatabaseTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(5);
  private static final String SECRET = "hunter2";

  /** A name that no resolver need ask anybody about: its label is too long to exist. */
  private static final String UNKNOWN_HOST = "h".repeat(64) + ".example";

  @Nested
  class ALoginThatIsRefused {

    @Test
    void byPostgresForAWrongPassword() throws SQLException {
      TestDatabase database = Postgres.database();
      DataSource wrong = database.as(Postgres.role("reader"), SECRET);

      MigrationStatus status = unreachable(wrong, "GUARD-UNREACHABLE-LOGIN");

      assertThat(status.error()).contains("password authentication failed");
    }

    @Test
    void byPostgresForAWrongPasswordThroughAPool() throws SQLException {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(Postgres.database().url());
      config.setUsername(Postgres.role("reader"));
      config.setPassword(SECRET);
      config.setInitializationFailTimeout(-1);
      config.setConnectionTimeout(500);
      try (HikariDataSource pool = new HikariDataSource(config)) {
        assertThat(unreachable(pool, "GUARD-UNREACHABLE-LOGIN").error())
            .contains("password authentication failed");
      }
    }

    @Test
    void byPostgresForARoleThatMayNotConnect() throws SQLException {
      TestDatabase database = Postgres.database();
      String role = Postgres.role("reader");
      database.execute(
          "REVOKE CONNECT ON DATABASE %s FROM PUBLIC"
              .formatted(database.value("SELECT current_database()")));

      assertThat(unreachable(database.as(role, role), "GUARD-UNREACHABLE-LOGIN").error())
          .contains("permission denied for database");
    }

    @Test
    @RequiresMariaDb
    void byMariaDbForAWrongPassword() {
      assertThat(
              unreachable(MariaDb.database().as("tester", SECRET), "GUARD-UNREACHABLE-LOGIN")
                  .error())
          .contains("Access denied for user 'tester'");
    }

    @Test
    @RequiresMySql
    void byMySqlForAWrongPassword() {
      TestDatabase database = MySql.database();
      for (TestDatabase each : List.of(database, MySql.byMariaDbDriver(database))) {
        assertThat(unreachable(each.as("tester", SECRET), "GUARD-UNREACHABLE-LOGIN").error())
            .contains("Access denied for user 'tester'");
      }
    }

    @Test
    void byH2ForAWrongPassword() throws SQLException {
      TestDatabase database = H2.database();
      database.execute("SELECT 1");

      unreachable(database.as("sa", SECRET), "GUARD-UNREACHABLE-LOGIN");
    }
  }

  @Nested
  class ADatabaseThatIsNotThere {

    @Test
    void onPostgres() {
      assertThat(
              unreachable(Postgres.of("absent").dataSource(), "GUARD-UNREACHABLE-DATABASE").error())
          .contains("database \"absent\" does not exist");
    }

    @Test
    @RequiresMariaDb
    void onMariaDb() {
      assertThat(
              unreachable(MariaDb.of("absent").dataSource(), "GUARD-UNREACHABLE-DATABASE").error())
          .contains("Unknown database 'absent'");
    }

    @Test
    @RequiresMySql
    void onMySql() {
      TestDatabase absent = MySql.of("absent");
      for (TestDatabase each : List.of(absent, MySql.byMariaDbDriver(absent))) {
        assertThat(unreachable(each.dataSource(), "GUARD-UNREACHABLE-DATABASE").error())
            .contains("Unknown database 'absent'");
      }
    }

    @Test
    void onH2() {
      DataSource absent = SimpleDataSource.of("jdbc:h2:mem:absent;IFEXISTS=TRUE", "sa", SECRET);

      unreachable(absent, "GUARD-UNREACHABLE-DATABASE");
    }

    @Test
    void behindAPortThatIsRefused() throws IOException {
      int port = closedPort();

      assertThat(unreachable(url("postgresql", "localhost:" + port), "GUARD-UNREACHABLE").error())
          .contains("localhost:" + port)
          .contains("refused");
      assertThat(unreachable(url("mariadb", "localhost:" + port), "GUARD-UNREACHABLE").error())
          .contains(String.valueOf(port))
          .contains("refused");
      assertThat(unreachable(url("mysql", "localhost:" + port), "GUARD-UNREACHABLE").error())
          .contains("refused");
    }

    @Test
    void onAHostThatNobodyKnows() {
      assertThat(unreachable(url("postgresql", UNKNOWN_HOST), "GUARD-UNREACHABLE").error())
          .contains(UNKNOWN_HOST);
      assertThat(unreachable(url("mariadb", UNKNOWN_HOST), "GUARD-UNREACHABLE").error())
          .contains(UNKNOWN_HOST);
      assertThat(unreachable(url("mysql", UNKNOWN_HOST), "GUARD-UNREACHABLE").error())
          .contains(UNKNOWN_HOST);
    }

    @Test
    void becauseNoDriverKnowsTheUrl() {
      DataSource unknown =
          SimpleDataSource.of(
              "jdbc:nodb://app:%s@localhost/orders?password=%s".formatted(SECRET, SECRET),
              "app",
              SECRET);

      assertThat(unreachable(unknown, "GUARD-UNREACHABLE").error())
          .contains("No suitable driver found for jdbc:nodb://localhost/orders");
    }
  }

  @Nested
  class ADriverThatFails {

    @Test
    void withoutAMessageIsCalledByItsClass() {
      assertThat(failing(new SQLException()).error()).isEqualTo("java.sql.SQLException");
      assertThat(failing(new SQLException("", "08001", new IOException())).error())
          .isEqualTo("java.sql.SQLException");
    }

    @Test
    void withAnUncheckedExceptionIsHeardToo() {
      DataSource failing =
          SimpleDataSource.of(
              () -> {
                throw new IllegalStateException();
              });

      assertThat(unreachable(failing, "GUARD-UNREACHABLE-DATASOURCE").error())
          .isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void withoutAConnectionIsHeardToo() {
      assertThat(
              unreachable(SimpleDataSource.of(() -> null), "GUARD-UNREACHABLE-DATASOURCE").error())
          .isEqualTo("the DataSource returned no connection");
    }

    @Test
    void atLengthIsCutShort() {
      String error = failing(new SQLException("a long story ".repeat(1_000))).error();

      assertThat(error).hasSize(300).startsWith("a long story a long").endsWith("…");
    }

    @Test
    void overSeveralLinesIsPutOnOne() {
      assertThat(failing(new SQLException("one\n\ttwo\r\nthree")).error())
          .isEqualTo("one two three");
    }

    @Test
    void quotingASecretIsCensored() {
      String error =
          failing(
                  new SQLException(
                      "jdbc:x://app:%1$s@pg/orders?user=app&password=%1$s&ssl=true, pwd: %1$s"
                          .formatted(SECRET)))
              .error();

      assertThat(error).contains("jdbc:x://pg/orders?user=app&password=***&ssl=true");
    }

    @Test
    void inACircleOfCausesIsHeardToo() {
      SQLException outer = new SQLException("outer");
      outer.initCause(new SQLException("inner", outer));

      assertThat(failing(outer).error()).isIn("outer", "inner");
    }

    private static MigrationStatus failing(SQLException failure) {
      DataSource failing =
          SimpleDataSource.of(
              () -> {
                throw failure;
              });
      return unreachable(failing, "GUARD-UNREACHABLE");
    }
  }

  /** Most of these are thrown by frameworks that choose a database by a key or a context. */
  @Nested
  class ADataSourceThatAsksNoServer {

    private static final String NO_KEY = "Cannot determine target DataSource for lookup key [null]";

    @Test
    void isNotTakenForADatabaseThatIsDown() {
      DataSource router =
          SimpleDataSource.of(
              () -> {
                throw new IllegalStateException(NO_KEY);
              });

      MigrationStatus status = unreachable(router, "GUARD-UNREACHABLE-DATASOURCE");

      assertThat(status.error()).isEqualTo(NO_KEY);
      assertThat(status.problem().actions())
          .anySatisfy(
              action -> assertThat(action).contains("guard the DataSource of each database"))
          .anySatisfy(action -> assertThat(action).contains("default target"))
          .noneSatisfy(action -> assertThat(action).containsAnyOf("host", "port", "runs"));
    }

    @Test
    void isHeardFromAConnectionThatIsOpenedLaterToo() {
      DataSource lazy =
          SimpleDataSource.of(
              () ->
                  (Connection)
                      Proxy.newProxyInstance(
                          getClass().getClassLoader(),
                          new Class<?>[] {Connection.class},
                          (proxy, method, arguments) -> {
                            if (method.getName().equals("close")) {
                              return null;
                            }
                            throw new IllegalStateException(NO_KEY);
                          }));

      assertThat(unreachable(lazy, "GUARD-UNREACHABLE-DATASOURCE").error()).isEqualTo(NO_KEY);
    }

    @Test
    void isNoneIfTheNetworkFailedBehindAnUncheckedException() throws IOException {
      HikariDataSource pool = new HikariDataSource();
      pool.setJdbcUrl("jdbc:postgresql://localhost:" + closedPort() + "/orders");
      pool.setUsername("app");
      pool.setPassword(SECRET);
      try (pool) {
        assertThat(unreachable(pool, "GUARD-UNREACHABLE").error()).contains("refused");
      }
      DataSource wrapping =
          SimpleDataSource.of(
              () -> {
                throw new UncheckedIOException(new ConnectException("Connection refused"));
              });
      unreachable(wrapping, "GUARD-UNREACHABLE");
    }
  }

  private static MigrationStatus unreachable(DataSource dataSource, String code) {
    long start = System.nanoTime();
    MigrationStatus status = Statewave.guard(dataSource, "0.6.1").build().check();
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(status.verdict()).as(status.summary()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(status.problem().code()).as(status.error()).isEqualTo(code);
    assertThat(status.error()).hasSizeBetween(1, 300).doesNotContain(SECRET, "\n");
    assertThat(status.summary()).isEqualTo("ERROR: " + status.error());
    assertThat(status.toJson()).doesNotContain(SECRET);
    assertThat(took).isLessThan(AT_ONCE);
    return status;
  }

  private static DataSource url(String driver, String place) {
    return SimpleDataSource.of("jdbc:" + driver + "://" + place + "/orders", "app", SECRET);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
