// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.testing.PostgresServer;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TcpProxy;
import dev.schemaguard.testing.TestDatabase;
import dev.schemaguard.testing.UrlDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract of many servers: what hangs delays nothing else. */
@Tag("full")
class ManyServersTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofSeconds(5);

  /** What a busy machine may add. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static PostgresServer one;
  private static PostgresServer other;

  private final Map<String, DataSource> databases = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    one = PostgresServer.started();
    other = PostgresServer.started();
    for (PostgresServer server : new PostgresServer[] {one, other}) {
      Statewave.update(server.database().dataSource(), Statewave.REVISIONS);
      server.database().execute("CREATE DATABASE locked TEMPLATE postgres");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    one.close();
    other.close();
  }

  private static TestDatabase locked(PostgresServer server) {
    TestDatabase database = server.database();
    return database.withUrl(database.url().replaceFirst("/postgres$", "/locked"));
  }

  private static Connection hold(TestDatabase database) throws SQLException {
    Connection holder = database.dataSource().getConnection();
    holder.setAutoCommit(false);
    try (Statement statement = holder.createStatement()) {
      statement.execute("LOCK TABLE databasechangelog IN ACCESS EXCLUSIVE MODE");
    }
    return holder;
  }

  /** Checks, which must end within twice the timeout; how many databases have which verdict. */
  private String countsInTime(Duration timeout) {
    long start = System.nanoTime();
    MigrationStatus status = guard(timeout).check();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).isLessThan(timeout.multipliedBy(2).plus(SLACK));
    return counts(status);
  }

  private SchemaGuard guard(Duration timeout) {
    return Statewave.guard(one.database().dataSource(), "0.6.1")
        .timeout(timeout)
        .tenants(Tenants.databases(databases))
        .build();
  }

  private static String counts(MigrationStatus status) {
    return Objects.requireNonNull(status.tenants()).counts();
  }

  @Test
  void tenThatHangAmongThreeHundredOnTwoServersEndWithinTwiceTheTimeout() throws Exception {
    try (Connection first = hold(locked(one));
        Connection second = hold(locked(other))) {
      for (int i = 0; i < 5; i++) {
        databases.put("hanging_one_" + i, UrlDataSource.of(locked(one)));
        databases.put("hanging_other_" + i, UrlDataSource.of(locked(other)));
      }
      for (int i = 0; i < 145; i++) {
        databases.put("one_" + i, UrlDataSource.of(one.database()));
        databases.put("other_" + i, UrlDataSource.of(other.database()));
      }
      assertThat(countsInTime(TIMEOUT)).isEqualTo("10 UNREACHABLE, 290 UP_TO_DATE");
      assertThat(first.isClosed() || second.isClosed()).isFalse();
    }
  }

  @Test
  void aWholeServerThatHangsEndsWithinTwiceTheTimeout() throws Exception {
    try (TcpProxy way = TcpProxy.to(other.port())) {
      way.freeze();
      UrlDataSource frozen = UrlDataSource.of(way.port(), other.database());
      for (int i = 0; i < 150; i++) {
        databases.put("one_" + i, UrlDataSource.of(one.database()));
        databases.put("other_" + i, frozen);
      }
      assertThat(countsInTime(TIMEOUT)).isEqualTo("150 UNREACHABLE, 150 UP_TO_DATE");
      assertThat(frozen.connections()).isLessThanOrEqualTo(20);
    }
  }

  @Test
  void moreThatHangThanMayBeAskedAtATimeEndWithinTwiceTheTimeout() throws Exception {
    try (Connection holder = hold(locked(one))) {
      for (int i = 0; i < 60; i++) {
        databases.put("hanging_" + i, UrlDataSource.of(locked(one)));
      }
      for (int i = 0; i < 100; i++) {
        databases.put("other_" + i, UrlDataSource.of(other.database()));
      }
      assertThat(countsInTime(SHORT)).isEqualTo("60 UNREACHABLE, 100 UP_TO_DATE");
      assertThat(holder.isClosed()).isFalse();
    }
  }

  @Test
  void aServerThatStillHangsIsAskedWithOneConnectionMore() throws Exception {
    try (TcpProxy way = TcpProxy.to(one.port())) {
      way.freeze();
      UrlDataSource dead = UrlDataSource.of(way.port(), one.database());
      for (int i = 0; i < 60; i++) {
        databases.put("dead_" + i, dead);
      }
      SchemaGuard guard = guard(Duration.ofSeconds(3));
      assertThat(counts(guard.check())).isEqualTo("60 UNREACHABLE");
      int first = dead.connections();

      assertThat(counts(guard.check())).isEqualTo("60 UNREACHABLE");
      assertThat(dead.connections() - first).isEqualTo(1);

      way.heal();
      assertThat(counts(guard(TIMEOUT).check())).isEqualTo("60 UP_TO_DATE");
      assertThat(counts(guard.check())).isEqualTo("60 UP_TO_DATE");
    }
  }

  @Test
  void databasesOfUnknownServersDelayNoOther() throws Exception {
    try (TcpProxy frozen = TcpProxy.toNowhere()) {
      DataSource dead = UrlDataSource.of(frozen.port(), one.database());
      DataSource alive = UrlDataSource.of(one.database());
      for (int i = 0; i < 100; i++) {
        databases.put("a_dead_" + i, SimpleDataSource.of(dead::getConnection));
        databases.put("shard_" + i, SimpleDataSource.of(alive::getConnection));
      }
      assertThat(countsInTime(SHORT)).isEqualTo("100 UNREACHABLE, 100 UP_TO_DATE");
    }
  }

  @Test
  void aWaitKeepsItsDeadline() throws Exception {
    try (TcpProxy frozen = TcpProxy.toNowhere()) {
      for (int i = 0; i < 30; i++) {
        databases.put("dead_" + i, UrlDataSource.of(frozen.port(), one.database()));
        databases.put("shard_" + i, UrlDataSource.of(other.database()));
      }
      Duration deadline = Duration.ofSeconds(4);
      long start = System.nanoTime();

      MigrationStatus status = guard(TIMEOUT).await(deadline, waiting -> {});

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(deadline.plus(SLACK));
      assertThat(counts(status)).isEqualTo("30 UNREACHABLE, 30 UP_TO_DATE");
    }
  }
}
