// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TaggedPools;
import dev.schemaguard.testing.TcpProxy;
import dev.schemaguard.testing.TestDatabase;
import dev.schemaguard.testing.UrlDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants with a database each, on real servers of which some do not respond. */
class DatabasesTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** What a busy machine may add to a limit of time. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  private static TestDatabase original;

  private TestDatabase current;
  private TestDatabase behind;
  private final Map<String, DataSource> databases = new LinkedHashMap<>();

  @BeforeAll
  static void migrate() {
    original = Postgres.database();
    Statewave.update(original.dataSource(), Statewave.REVISIONS);
  }

  @BeforeEach
  void someDatabases() throws SQLException {
    current = Postgres.copy(original);
    behind = Postgres.copy(original);
    takeBack(behind, 1);
  }

  private static void takeBack(TestDatabase database, int revisions) throws SQLException {
    database.execute(
        "CREATE TABLE applied AS SELECT * FROM databasechangelog",
        "DELETE FROM databasechangelog WHERE orderexecuted > " + (Statewave.REVISIONS - revisions));
  }

  private static void putBack(TestDatabase database) {
    try {
      database.execute(
          "INSERT INTO databasechangelog SELECT * FROM applied EXCEPT"
              + " SELECT * FROM databasechangelog");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void list(String prefix, int number, DataSource dataSource) {
    for (int i = 0; i < number; i++) {
      databases.put("%s_%03d".formatted(prefix, i), dataSource);
    }
  }

  private SchemaGuardBuilder guard() {
    return Statewave.guard(current.dataSource(), "0.6.1")
        .timeout(TIMEOUT)
        .tenants(Tenants.databases(databases));
  }

  private static TenantsStatus tenants(MigrationStatus status) {
    return Objects.requireNonNull(status.tenants());
  }

  /** Runs a check, which must not take longer than this; its status. */
  private static MigrationStatus checkWithin(Duration limit, SchemaGuard guard) {
    long start = System.nanoTime();
    MigrationStatus status = guard.check();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit.plus(SLACK));
    return status;
  }

  private static DataSource through(TcpProxy proxy, TestDatabase database) {
    return UrlDataSource.of(proxy.port(), database);
  }

  @Test
  void manyAreCheckedSideBySideAndTheWorstComesFirst() {
    list("shard", 30, UrlDataSource.of(current));
    databases.put("shard_017", UrlDataSource.of(behind));
    databases.put("shard_023", UrlDataSource.of(Postgres.of("no_such_database")));

    MigrationStatus status = guard().build().check();

    assertThat(tenants(status).counts()).isEqualTo("1 UNREACHABLE, 1 BEHIND, 28 UP_TO_DATE");
    assertThat(tenants(status).worst().get(0).tenant()).isEqualTo("shard_023");
    assertThat(tenants(status).worst().get(1).tenant()).isEqualTo("shard_017");
    assertThat(status.exitCode()).isEqualTo(8);
  }

  @Test
  void whatHangsDelaysNothingElseAndIsCounted() throws Exception {
    TestDatabase locked = Postgres.copy(original);
    Queue<Integer> silent = new ConcurrentLinkedQueue<>();
    TenantProgress progress =
        new TenantProgress() {
          @Override
          public void assessed(int assessed, int all) {}

          @Override
          public void unresponsive(int number) {
            silent.add(number);
          }
        };
    try (TcpProxy frozen = TcpProxy.toNowhere();
        Connection holder = locked.dataSource().getConnection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE databasechangelog IN ACCESS EXCLUSIVE MODE");
      UrlDataSource dead = UrlDataSource.of(frozen.port(), current);
      list("dead", 150, dead);
      list("hanging", 5, UrlDataSource.of(locked));
      list("shard", 30, UrlDataSource.of(current));

      MigrationStatus status =
          checkWithin(TIMEOUT.multipliedBy(2), guard().tenantProgress(progress).build());

      assertThat(tenants(status).counts()).isEqualTo("155 UNREACHABLE, 30 UP_TO_DATE");
      assertThat(silent).anyMatch(number -> number >= 25);
      assertThat(dead.connections()).isBetween(4, 20);
      assertThat(tenants(status).worst().stream().map(each -> each.status().error()))
          .filteredOn(error -> !error.startsWith("no answer from "))
          .hasSizeGreaterThanOrEqualTo(130)
          .allMatch(
              error ->
                  error.matches(
                      "not asked, because \\d+ other databases of localhost:"
                          + frozen.port()
                          + " gave no answer in time"));
    }
    Patience.untilNoGuardThread(Duration.ofSeconds(20));
  }

  @Test
  void anInterruptEndsTheCheckAtOnceWithAResultForEach() throws Exception {
    try (TcpProxy frozen = TcpProxy.toNowhere()) {
      list("dead", 40, through(frozen, current));
      SchemaGuard guard = guard().timeout(Duration.ofMinutes(2)).build();
      List<MigrationStatus> statuses = new ArrayList<>();
      List<Boolean> flags = new ArrayList<>();
      Thread checking =
          new Thread(
              () -> {
                statuses.add(guard.check());
                flags.add(Thread.currentThread().isInterrupted());
              });
      checking.start();
      Patience.until("it connects", SLACK, () -> frozen.connections() >= 4);

      checking.interrupt();
      checking.join(TimeUnit.SECONDS.toMillis(10));

      assertThat(checking.isAlive()).isFalse();
      assertThat(flags).containsExactly(true);
      assertThat(tenants(statuses.get(0)).counts()).isEqualTo("40 UNREACHABLE");
      assertThat(statuses.get(0).problem().code()).isEqualTo("GUARD-UNREACHABLE-INTERRUPTED");
    }
    Patience.untilNoGuardThread(Duration.ofSeconds(20));
  }

  @Test
  void theSchemaOfTheHistoryIsTheSameInEach() throws SQLException {
    current.execute("CREATE SCHEMA app", "ALTER TABLE databasechangelog SET SCHEMA app");
    databases.put("one", UrlDataSource.of(current));

    MigrationStatus status =
        guard().history(new HistoryLocation("app", null, null)).build().check();

    assertThat(tenants(status).counts()).isEqualTo("1 UP_TO_DATE");
  }

  @Test
  void eachRemembersThatItWasCompatible() throws SQLException {
    databases.put("one", UrlDataSource.of(current));
    SchemaGuard guard = guard().build();
    assertThat(guard.check().compatible()).isTrue();

    takeBack(current, 1);

    assertThat(guard.check().problem().text("", null)).contains("undone");
  }

  @Test
  void closingTheGuardEndsTheThreadsOfEach() throws Exception {
    list("shard", 8, UrlDataSource.of(current));
    try (SchemaGuard guard = guard().build()) {
      guard.check();
    }
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("schema-guard-check")))
        .isEmpty();
  }

  @Test
  void aPreflightCountsTheConnectedVersionsInAllOfThem() throws SQLException {
    databases.put("anna", UrlDataSource.of(current));
    databases.put("ben", UrlDataSource.of(behind));
    databases.put("cleo", UrlDataSource.of(Postgres.of("no_such_database")));
    try (TaggedPools pools = new TaggedPools()) {
      pools.statewave(current, "0.6.0", 2).statewave(behind, "0.6.0", 1);

      Preflight preflight = guard().build().preflight();

      assertThat(preflight.exitCode()).isEqualTo(8);
      assertThat(preflight.running()).hasSize(1);
      assertThat(preflight.running().get(0).connections()).isEqualTo(3);
      assertThat(
              preflight.running().get(0).tolerance().blocked().size()
                  + preflight.running().get(0).tolerance().tolerated().size())
          .isEqualTo(1);
    }
  }

  @Test
  void aWaitAsksAgainOnlyThoseThatAreNotCompatibleAndInTheEndAll() throws Exception {
    UrlDataSource fine = UrlDataSource.of(current);
    UrlDataSource late = UrlDataSource.of(behind);
    databases.put("fine", fine);
    databases.put("late", late);
    List<Integer> asked = new ArrayList<>();

    MigrationStatus status =
        guard()
            .build()
            .await(
                Duration.ofSeconds(60),
                waiting -> {
                  asked.add(fine.connections());
                  Thread migrator =
                      new Thread(
                          () -> {
                            Patience.until(
                                "asked thrice",
                                Duration.ofSeconds(20),
                                () -> late.connections() >= 3);
                            putBack(behind);
                          });
                  migrator.start();
                });

    assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(tenants(status).counts()).isEqualTo("2 UP_TO_DATE");
    assertThat(asked).containsExactly(1);
    assertThat(fine.connections()).isEqualTo(2);
    assertThat(late.connections()).isGreaterThanOrEqualTo(4);
  }

  private SchemaGuardBuilder from(String query) {
    return Statewave.guard(current.dataSource(), "0.6.1")
        .tenants(
            Tenants.databasesFrom(query, row -> UrlDataSource.of(current.withUrl(row.get("url")))));
  }

  @Test
  void aQueryListsThemAtEveryCheck() throws SQLException {
    current.execute(
        "CREATE TABLE customer (name text, jdbc text)",
        "INSERT INTO customer VALUES ('anna', '" + current.url() + "')");
    SchemaGuard guard = from("SELECT name, jdbc AS url FROM customer").build();
    assertThat(tenants(guard.check()).counts()).isEqualTo("1 UP_TO_DATE");

    current.execute("INSERT INTO customer VALUES ('ben', '" + behind.url() + "')");
    assertThat(tenants(guard.check()).counts()).isEqualTo("1 BEHIND, 1 UP_TO_DATE");

    current.execute("UPDATE customer SET jdbc = '" + behind.url() + "' WHERE name = 'anna'");
    assertThat(tenants(guard.check()).counts()).isEqualTo("2 BEHIND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'anna' AS name, 'x' AS url WHERE 1 = 2|yields no database",
        "SELECT ' ' AS name, 'x' AS url|names no tenant",
        "SELECT NULL::text AS name, 'x' AS url|names no tenant",
        "SELECT 'anna' AS name, 'x' AS url UNION ALL SELECT 'anna ', 'y'|the tenant 'anna' twice",
        "DELETE FROM customer RETURNING name|is not one SELECT",
      })
  void aQueryThatListsNothingSensibleIsAnError(String queryAndReason) {
    String query = queryAndReason.replaceFirst("\\|[^|]*$", "");

    assertThatThrownBy(() -> from(query).build().check())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("databases-from")
        .hasMessageContaining(queryAndReason.substring(query.length() + 1));
  }

  @Test
  void aQueryThatTheDatabaseRefusesIsUnreadable() {
    MigrationStatus status = from("SELECT name, url FROM no_such_table").build().check();

    assertThat(status.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(status.error()).startsWith("the databases of the tenants cannot be listed");
  }
}
