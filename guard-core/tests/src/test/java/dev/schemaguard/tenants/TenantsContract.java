// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every database has to do for a guard of many schemas, whose histories real Liquibase wrote.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TenantsContract {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestDatabase database;
  private String prefix;
  private String pattern;

  /** A fresh database, for all tests of the class. */
  abstract TestDatabase freshDatabase();

  /** New connections whose current schema is that. */
  abstract DataSource inSchema(TestDatabase in, String schema);

  /** A name as the database stores one that is not quoted. */
  String asStored(String name) {
    return name;
  }

  @BeforeAll
  void liquibaseWritesOneHistory() throws SQLException {
    database = freshDatabase();
    database.execute("CREATE SCHEMA original");
    Statewave.update(inSchema(database, "original"), Statewave.REVISIONS);
  }

  @BeforeEach
  void threeTenantsAreUpToDate() throws SQLException {
    prefix = "tenant" + COUNT.incrementAndGet() + "_";
    pattern = prefix.replace("_", "\\_") + "%";
    for (String letter : List.of("a", "b", "c")) {
      migrated(tenant(letter));
    }
  }

  /** Makes a schema with the whole history. */
  private void migrated(String schema) throws SQLException {
    database.execute("CREATE SCHEMA " + schema);
    for (String table : List.of("DATABASECHANGELOG", "DATABASECHANGELOGLOCK")) {
      database.execute(
          "CREATE TABLE %s.%s AS SELECT * FROM original.%s".formatted(schema, table, table));
    }
  }

  private String tenant(String letter) {
    return prefix + letter;
  }

  private SchemaGuardBuilder guard() {
    return Statewave.guard(database.dataSource(), "0.6.1").tenants(Tenants.schemas(pattern));
  }

  private MigrationStatus check() {
    return guard().build().check();
  }

  private static TenantsStatus tenants(MigrationStatus status) {
    return Objects.requireNonNull(status.tenants());
  }

  private static List<String> names(MigrationStatus status) {
    return tenants(status).worst().stream()
        .map(TenantStatus::tenant)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .toList();
  }

  private static void await(String what, Callable<Boolean> condition) {
    Patience.until(what, Duration.ofSeconds(20), condition);
  }

  private void takeBack(String tenant, int revisions) throws SQLException {
    database.execute(
        ("DELETE FROM %s.DATABASECHANGELOG WHERE ORDEREXECUTED > " + (12 - revisions))
            .formatted(tenant));
  }

  @Test
  void allUpToDateIsUpToDate() {
    MigrationStatus status = check();

    assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(status.summary()).isEqualTo("Schema is up to date for 3 tenants");
    assertThat(tenants(status).byVerdict()).isEqualTo(Map.of(Verdict.UP_TO_DATE, 3));
    assertThat(tenants(status).worst()).isEmpty();
  }

  @Test
  void theOneThatIsBehindIsNamed() throws SQLException {
    takeBack(tenant("b"), 1);

    MigrationStatus status = check();

    assertThat(status.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(status.exitCode()).isEqualTo(3);
    assertThat(names(status)).containsExactly(tenant("b"));
    assertThat(tenants(status).byVerdict())
        .isEqualTo(Map.of(Verdict.UP_TO_DATE, 2, Verdict.BEHIND, 1));
    assertThat(status.summary())
        .startsWith("1 of 3 tenants is not compatible (1 BEHIND, 2 UP_TO_DATE); ")
        .endsWith(
            ": 1 pending migration(s): 0011_add_delivery_log → 0012_add_health_cache"
                .replace("0011_add_delivery_log", status.currentRevision()));
    assertThat(status.problem().why()).startsWith("in ").contains("0012_add_health_cache");
  }

  @Test
  void theWorstComesFirst() throws SQLException {
    migrated(tenant("d"));
    migrated(tenant("e"));
    takeBack(tenant("a"), 1);
    takeBack(tenant("b"), 1);
    database.execute("DELETE FROM %s.DATABASECHANGELOG".formatted(tenant("c")));
    database.execute(
        "UPDATE %s.DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ORDEREXECUTED = 12"
            .formatted(tenant("d")));

    MigrationStatus status = check();

    assertThat(names(status)).containsExactly(tenant("d"), tenant("c"), tenant("a"), tenant("b"));
    assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(tenants(status).counts())
        .isEqualTo("1 FAILED, 1 UNINITIALIZED, 2 BEHIND, 1 UP_TO_DATE");
  }

  @Test
  void aTenantWithoutHistoryIsUninitialized() throws SQLException {
    database.execute("CREATE SCHEMA " + tenant("new"));

    MigrationStatus status = check();

    assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
    assertThat(names(status)).containsExactly(tenant("new"));
  }

  @Test
  void aTableThatCannotBeReadIsItsTenantsAlone() throws SQLException {
    database.execute(
        "ALTER TABLE %s.DATABASECHANGELOG DROP COLUMN EXECTYPE".formatted(tenant("c")));

    MigrationStatus status = check();

    assertThat(status.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(names(status)).containsExactly(tenant("c"));
    assertThat(status.error()).contains("has no column EXECTYPE");
    assertThat(tenants(status).counts()).isEqualTo("1 UNREADABLE, 2 UP_TO_DATE");
  }

  @Test
  void aTenantThatAppearsLaterIsJudgedWhenFirstSeen() throws SQLException {
    SchemaGuard guard = guard().build();
    assertThat(guard.check().compatible()).isTrue();

    database.execute("CREATE SCHEMA " + tenant("late"));

    assertThat(guard.check().verdict()).isEqualTo(Verdict.UNINITIALIZED);
  }

  @Test
  void aPatternWithoutMatchIsAnError() {
    assertThatThrownBy(() -> guard().tenants(Tenants.schemas("nobody_%")).build().check())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no schema matches 'nobody_%'");
    assertThatThrownBy(() -> guard().tenants(Tenants.schemas(pattern, "nobody")).build().check())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no schema matches 'nobody'");
  }

  @Test
  void strictRefusesForOneTenantAndNamesIt() throws SQLException {
    takeBack(tenant("c"), 1);

    assertThatThrownBy(() -> guard().mode(Mode.STRICT).build().enforce())
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("[GUARD-BEHIND]")
        .hasMessageContaining("in " + asStored(tenant("c")));
  }

  @Test
  void aRunningInstanceIsDegradedWhileOthersAreWell() throws SQLException {
    try (SchemaGuard guard =
        guard().mode(Mode.STRICT).refreshInterval(Duration.ofMillis(50)).build()) {
      guard.enforce();
      assertThat(guard.readiness()).isEqualTo(Readiness.READY);

      takeBack(tenant("a"), 1);
      await("the change is seen", () -> !guard.status().compatible());
      assertThat(guard.readiness()).isEqualTo(Readiness.DEGRADED);

      takeBack(tenant("b"), 1);
      takeBack(tenant("c"), 1);
      await("all are seen behind", () -> guard.readiness() == Readiness.NOT_READY);
    }
  }

  @Nested
  class Preflights {

    @Test
    void areGoWhereThatIsSoForAll() throws SQLException {
      takeBack(tenant("a"), 1);
      takeBack(tenant("b"), 1);

      Preflight preflight = guard().build().preflight();

      assertThat(preflight.exitCode()).isZero();
      assertThat(preflight.reason())
          .isEqualTo("to apply for 2 of 3 tenants, then this version runs");
      boolean seesConnections = preflight.connected().decision() != null;
      assertThat(preflight.respectingRunning().exitCode()).isEqualTo(seesConnections ? 0 : 11);
    }

    @Test
    void areGoBesideAnyVersionWhereNothingIsPending() {
      assertThat(guard().build().preflight().respectingRunning().exitCode()).isZero();
    }

    @Test
    void seeTheLockOfOne() throws SQLException {
      database.execute(
          ("UPDATE %s.DATABASECHANGELOGLOCK SET LOCKED = TRUE, LOCKGRANTED = CURRENT_TIMESTAMP,"
                  + " LOCKEDBY = 'job'")
              .formatted(tenant("b")));

      Preflight preflight = guard().build().preflight();

      assertThat(preflight.exitCode()).isEqualTo(6);
      assertThat(preflight.reason()).startsWith("1 of 3 tenants: ").endsWith("lock is held");
    }
  }

  @Nested
  class Queries {

    @BeforeEach
    void aTableOfTenants() throws SQLException {
      database.execute("CREATE SCHEMA home_" + prefix);
      database.execute(
          "CREATE TABLE %s.t (name VARCHAR(50), active INT)".formatted("home_" + prefix));
      for (String letter : List.of("a", "b")) {
        database.execute(
            "INSERT INTO %s.t VALUES ('%s', 1)"
                .formatted("home_" + prefix, asStored(tenant(letter))));
      }
    }

    private MigrationStatus check(String query) {
      return guard().tenants(Tenants.schemasFrom(query)).build().check();
    }

    @Test
    void nameTheTenants() {
      MigrationStatus status = check("SELECT name FROM home_" + prefix + ".t WHERE active = 1");

      assertThat(tenants(status).byVerdict()).isEqualTo(Map.of(Verdict.UP_TO_DATE, 2));
    }

    @Test
    void thatNameASchemaThatIsNotThereAreNotFine() throws SQLException {
      database.execute("INSERT INTO %s.t VALUES ('gone', 1)".formatted("home_" + prefix));

      MigrationStatus status = check("SELECT name FROM home_" + prefix + ".t");

      assertThat(status.verdict()).isEqualTo(Verdict.UNREADABLE);
      assertThat(names(status)).containsExactly("gone");
    }

    @Test
    void thatTheDatabaseRefusesAreUnreadable() {
      MigrationStatus status = check("SELECT name FROM no_such_table");

      assertThat(status.verdict()).isEqualTo(Verdict.UNREADABLE);
      assertThat(status.error()).startsWith("the schemas of the tenants cannot be listed");
      assertThat(tenants(status).count()).isZero();
    }

    @Test
    void thatNameNobodyAreAnError() {
      assertThatThrownBy(() -> check("SELECT name FROM home_" + prefix + ".t WHERE active = 2"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("yields no schema");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "DELETE FROM %s",
          "WITH d AS (DELETE FROM %s RETURNING name) SELECT name FROM d",
          "SELECT name FROM %1$s; DELETE FROM %1$s",
          "SELECT name FROM %1$s; /* ; */ DELETE FROM %1$s; --",
          "SELECT name FROM FINAL TABLE (DELETE FROM %s)",
          "SELECT name FROM %1$s /*! ; DELETE FROM %1$s */",
          "SELECT '\\'; DELETE FROM %s; -- '",
          "SELECT $$'$$; DELETE FROM %s; -- '",
          "SELECT name INTO %1$s_copy FROM %1$s",
          "SELECT name FROM %s FOR UPDATE",
          "TRUNCATE TABLE %s"
        })
    void thatMayWriteAreRefusedAndWriteNothing(String query) throws SQLException {
      String table = "home_" + prefix + ".t";

      assertThatThrownBy(() -> check(query.formatted(table)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("schemas-from")
          .hasMessageContaining("is not one SELECT");

      assertThat(database.value("SELECT COUNT(*) FROM " + table)).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "SELECT name FROM %s;",
          "(SELECT name FROM %s)",
          "-- active; tenants\nSELECT name FROM %s WHERE name <> 'delete; from'",
          "WITH updated AS (SELECT name AS deleted_at FROM %s) SELECT deleted_at FROM updated",
          "SELECT REPLACE(name, 'x;', '') FROM %s /* it's ; */ ORDER BY 1"
        })
    void thatOnlyReadNameTheTenants(String query) {
      MigrationStatus status = check(query.formatted("home_" + prefix + ".t"));

      assertThat(tenants(status).count()).isEqualTo(2);
    }
  }

  @Test
  void aStatusWithoutAnyAnswerIsOfTenantsToo() {
    SchemaGuard guard = guard().build();
    guard.close();

    assertThat(guard.status().verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(tenants(guard.status()).count()).isZero();
  }

  @Test
  void manyDatabasesAreManyTenants() throws SQLException {
    takeBack(tenant("b"), 1);
    DataSource nowhere =
        SimpleDataSource.of("jdbc:postgresql://localhost:1/none?connectTimeout=1", "u", "p");
    Map<String, DataSource> databases =
        Map.of(
            "Anna", inSchema(database, tenant("a")),
            "Ben", inSchema(database, tenant("b")),
            "Cleo", nowhere);

    MigrationStatus status = guard().tenants(Tenants.databases(databases)).build().check();

    List<String> found = new ArrayList<>();
    tenants(status).worst().forEach(one -> found.add(one.tenant() + " " + one.status().verdict()));
    assertThat(found).containsExactly("Cleo UNREACHABLE", "Ben BEHIND");
    assertThat(tenants(status).count()).isEqualTo(3);
  }
}
