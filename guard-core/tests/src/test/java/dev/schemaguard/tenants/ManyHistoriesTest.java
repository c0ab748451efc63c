// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On PostgreSQL many histories are read in one statement, and each is judged by its own rows. */
class ManyHistoriesTest {

  private static final int TENANTS = 120;
  private static final String ANY = "tenant_%";

  private static TestDatabase template;

  private final TestDatabase database = Postgres.copy(template);

  @BeforeAll
  static void manyTenants() throws SQLException {
    template = Postgres.database();
    template.execute("CREATE SCHEMA original");
    Statewave.update(
        template.withUrl(template.url() + "?currentSchema=original").dataSource(),
        Statewave.REVISIONS);
    inEach(
        template,
        (i, tenant) ->
            List.of(
                "CREATE SCHEMA " + tenant,
                "CREATE TABLE %s.databasechangelog AS SELECT * FROM original.databasechangelog"
                    .formatted(tenant)));
  }

  /** Runs statements for each tenant, all of them on one connection. */
  private static void inEach(
      TestDatabase database, BiFunction<Integer, String, List<String>> statements)
      throws SQLException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < TENANTS; i++) {
      all.addAll(statements.apply(i, tenant(i)));
    }
    database.execute(all.toArray(String[]::new));
  }

  private static String tenant(int number) {
    return "tenant_%03d".formatted(number);
  }

  private static SchemaGuardBuilder guard(DataSource dataSource) {
    return Statewave.guard(dataSource, "0.6.1").tenants(Tenants.schemas(ANY));
  }

  private MigrationStatus check() {
    return guard(database.dataSource()).build().check();
  }

  private static TenantsStatus tenants(MigrationStatus status) {
    return Objects.requireNonNull(status.tenants());
  }

  private static List<String> worst(MigrationStatus status) {
    List<String> worst = new ArrayList<>();
    for (TenantStatus one : tenants(status).worst()) {
      worst.add(one.tenant() + " " + one.status().verdict());
    }
    return worst;
  }

  @Test
  void aHundredAndTwentyTenantsAreAFewStatements() throws SQLException {
    database.execute(
        "DELETE FROM tenant_007.databasechangelog WHERE orderexecuted = 12",
        "DELETE FROM tenant_008.databasechangelog WHERE orderexecuted > 10",
        "DELETE FROM tenant_009.databasechangelog WHERE orderexecuted > 10");
    RecordingDataSource recording = new RecordingDataSource(database.dataSource());

    MigrationStatus status = guard(recording.dataSource()).build().check();

    assertThat(worst(status))
        .containsExactly("tenant_007 BEHIND", "tenant_008 BEHIND", "tenant_009 BEHIND");
    List<String> readings =
        recording.takeCalls().stream()
            .filter(sql -> sql.contains("\"databasechangelog\""))
            .filter(sql -> sql.startsWith("SELECT"))
            .toList();
    // Digests of all of them, then each history once for each connection that found it unknown.
    List<String> digests =
        readings.stream().filter(sql -> sql.startsWith("SELECT 0, md5(")).toList();
    assertThat(digests).hasSize(4);
    assertThat(String.join("", digests).split(" UNION ALL ", -1)).hasSize(TENANTS - 3);
    assertThat(
            readings.stream()
                .filter(sql -> !digests.contains(sql))
                .mapToInt(sql -> sql.split(" UNION ALL ", -1).length)
                .sum())
        .isBetween(3 + 3, 3 * 4 + 3);
  }

  @Test
  void aLongHistoryIsReadByItselfWhetherItsLengthIsKnownOrNot() throws SQLException {
    database.execute(
        "INSERT INTO tenant_060.databasechangelog (id, author, filename, dateexecuted,"
            + " orderexecuted, exectype) SELECT 'later' || n, 'x', 'y', now(), 100 + n, 'EXECUTED'"
            + " FROM generate_series(1, 21000) n",
        "SELECT pg_stat_reset()");

    MigrationStatus unplanned = check();
    database.execute("ANALYZE tenant_060.databasechangelog");
    MigrationStatus planned = check();

    assertThat(worst(unplanned)).containsExactly("tenant_060 AHEAD_UNKNOWN");
    assertThat(unplanned.aheadRevisions()).hasSize(21_000).last().isEqualTo("later21000");
    assertThat(planned.aheadRevisions()).isEqualTo(unplanned.aheadRevisions());
  }

  @Test
  void aTableWithoutAColumnSpoilsNobodyElse() throws SQLException {
    database.execute(
        "ALTER TABLE tenant_033.databasechangelog DROP COLUMN comments",
        "ALTER TABLE tenant_034.databasechangelog DROP COLUMN exectype",
        "UPDATE tenant_035.databasechangelog SET author = NULL WHERE orderexecuted = 4");
    RecordingDataSource recording = new RecordingDataSource(database.dataSource());

    MigrationStatus status = guard(recording.dataSource()).build().check();

    assertThat(worst(status)).containsExactly("tenant_034 UNREADABLE", "tenant_035 UNREADABLE");
    List<String> single = new ArrayList<>();
    for (String sql : recording.takeCalls()) {
      if (sql.contains("ORDER BY DATEEXECUTED, ORDEREXECUTED /*")) {
        single.add(sql.replaceAll(".*\"(tenant_\\d+)\".*", "$1"));
      }
    }
    assertThat(single).contains("tenant_033", "tenant_034", "tenant_035").hasSizeLessThan(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id = id || 'x'",
        "author = 'somebody else'",
        "filename = 'elsewhere/' || filename",
        "exectype = 'FAILED'",
        "exectype = 'SKIPPED'",
        "dateexecuted = NULL"
      })
  void whateverMakesAVerdictIsSeen(String change) throws SQLException {
    database.execute(
        "UPDATE tenant_050.databasechangelog SET " + change + " WHERE orderexecuted = 12");

    MigrationStatus status = check();

    assertThat(worst(status)).hasSize(1).first().asString().startsWith("tenant_050 ");
    assertThat(status.compatible()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"requires-app 0.7.0, AHEAD_INCOMPATIBLE", "'', AHEAD_UNKNOWN"})
  void aFloorMarkerIsSeen(String comment, Verdict verdict) throws SQLException {
    // All of them are ahead, and the one that differs is not among those that are read anyway.
    inEach(
        database,
        (i, tenant) ->
            List.of(
                ("INSERT INTO %s.databasechangelog (id, author, filename, dateexecuted,"
                        + " orderexecuted, exectype, comments)"
                        + " VALUES ('0013_next', 'x', 'y', now(), 13, 'EXECUTED', '%s')")
                    .formatted(tenant, i == TENANTS - 1 ? comment : "requires-app 0.6.1")));

    MigrationStatus status = check();

    assertThat(worst(status)).hasSize(TENANTS).startsWith(tenant(TENANTS - 1) + " " + verdict);
    assertThat(tenants(status).byVerdict())
        .isEqualTo(Map.of(Verdict.AHEAD_COMPATIBLE, TENANTS - 1, verdict, 1));
  }

  /** A missing value and an empty one, and values that look alike when they are joined. */
  @Test
  void valuesAreNotMistakenForEachOther() throws SQLException {
    database.execute(
        "UPDATE tenant_061.databasechangelog SET id = id || ',statewave', author = ''"
            + " WHERE orderexecuted = 12",
        "UPDATE tenant_062.databasechangelog SET orderexecuted = NULL WHERE orderexecuted = 12",
        "UPDATE tenant_063.databasechangelog SET comments = NULL, tag = comments");

    assertThat(worst(check())).containsExactly("tenant_062 UNREADABLE", "tenant_061 BEHIND");
  }

  /** Every tenant was migrated at a time of its own, and only the worst are read by themselves. */
  @Test
  void theTimeOfOneTenantIsNotThatOfAnother() throws SQLException {
    inEach(
        database,
        (i, tenant) ->
            List.of(
                "DELETE FROM %s.databasechangelog WHERE orderexecuted > 10".formatted(tenant),
                ("UPDATE %s.databasechangelog SET dateexecuted = timestamp '2020-01-01'"
                        + " + orderexecuted * interval '1 second' + %d * interval '1 day'")
                    .formatted(tenant, i)));

    MigrationStatus status = check();

    assertThat(tenants(status).byVerdict()).isEqualTo(Map.of(Verdict.BEHIND, TENANTS));
    for (TenantStatus one : tenants(status).worst()) {
      int day = Integer.parseInt(one.tenant().substring("tenant_".length()));
      String found = Objects.requireNonNull(one.status().problem()).found();
      if (found != null && found.contains("applied")) {
        assertThat(found).contains(LocalDate.of(2020, 1, 1).plusDays(day).toString());
      }
    }
  }

  @Test
  void theOrderOfTheRowsIsKept() throws SQLException {
    // Rerun later and then taken back by hand: of two rows of one changeset, the latest counts.
    for (String tenant : List.of(tenant(1), tenant(2))) {
      database.execute(
          ("INSERT INTO %s.databasechangelog SELECT id, author, filename, now() + interval '1 hour',"
                  + " %d, 'FAILED' FROM %s.databasechangelog WHERE orderexecuted = 12")
              .formatted(tenant, 13, tenant));
    }
    database.execute(
        "UPDATE tenant_002.databasechangelog SET dateexecuted = now() - interval '9 day'"
            + " WHERE orderexecuted = 13");

    // Last by its date, and written before the one that it follows.
    database.execute(
        "DELETE FROM tenant_003.databasechangelog WHERE orderexecuted = 12",
        "INSERT INTO tenant_003.databasechangelog SELECT id, author, filename, now() + interval '1"
            + " hour', 13, 'FAILED' FROM original.databasechangelog WHERE orderexecuted = 12",
        "INSERT INTO tenant_003.databasechangelog SELECT * FROM original.databasechangelog WHERE"
            + " orderexecuted = 12");

    assertThat(worst(check())).containsExactly("tenant_001 FAILED", "tenant_003 FAILED");
  }

  @Test
  void whatAConditionTellsIsSeen() throws SQLException {
    inEach(
        database,
        (i, tenant) ->
            List.of(
                "CREATE TABLE %s.migration (name text, state text)".formatted(tenant),
                "INSERT INTO %s.migration VALUES ('0001', 'done'), ('0002', '%s')"
                    .formatted(tenant, i == 30 ? "broken" : "done")));
    MigrationStatus status =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse("0001\n0002\n", "chain")))
            .customTable(CustomHistoryTable.of("migration", "name").failedWhen("state = 'broken'"))
            .tenants(Tenants.schemas(ANY))
            .build()
            .check();

    assertThat(worst(status)).containsExactly("tenant_030 FAILED");
  }

  @Test
  void aTagThatWasSetBeforeTheFirstUpdateIsNoRevision() throws SQLException {
    String insert =
        "INSERT INTO %s.databasechangelog (id, author, filename, dateexecuted, orderexecuted,"
            + " exectype, tag) VALUES ('1796005671994', 'liquibase', 'liquibase-internal',"
            + " '2020-01-01', 0, 'EXECUTED', 'before-first')";
    database.execute(
        insert.formatted("tenant_013"),
        "DELETE FROM tenant_014.databasechangelog",
        insert.formatted("tenant_014"));

    assertThat(worst(check())).containsExactly("tenant_014 UNINITIALIZED");
  }

  @Test
  void rowsOfOtherApplicationsAreNotReadForAnyTenant() throws SQLException {
    inEach(
        database,
        (i, tenant) ->
            List.of(
                "CREATE TABLE %s.migration (app text, name text)".formatted(tenant),
                ("INSERT INTO %s.migration"
                        + " VALUES ('shop', '0001'), ('%s', '0002'), ('billing', '0003')")
                    .formatted(tenant, i == 31 ? "billing" : "shop")));
    MigrationStatus status =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse("0001\n0002\n", "chain")))
            .customTable(CustomHistoryTable.of("migration", "name").rowsWhere("app = 'shop'"))
            .tenants(Tenants.schemas(ANY))
            .build()
            .check();

    assertThat(worst(status)).containsExactly("tenant_031 BEHIND");
  }

  @Test
  void theNewestVersionIsReadOfEachTenant() throws SQLException {
    inEach(
        database,
        (i, tenant) ->
            List.of(
                "CREATE TABLE %s.version (id int, version int)".formatted(tenant),
                "INSERT INTO %s.version VALUES (1, %d)".formatted(tenant, i == 32 ? 298 : 299)));
    MigrationStatus status =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse("297\n298\n299\n", "chain")))
            .customTable(CustomHistoryTable.of("version", "version").holdingNewest())
            .tenants(Tenants.schemas(ANY))
            .build()
            .check();

    assertThat(worst(status)).containsExactly("tenant_032 BEHIND");
    assertThat(status.pendingRevisions()).containsExactly("299");
  }

  @Test
  void historiesOfFlywayAreToldApartByTheirDigests() throws SQLException {
    inEach(
        database,
        (i, tenant) ->
            List.of(
                ("CREATE TABLE %s.flyway_schema_history (installed_rank int, version varchar(50),"
                        + " description varchar(200), type varchar(20), script varchar(1000),"
                        + " checksum int, installed_by varchar(100), installed_on timestamp,"
                        + " execution_time int, success boolean)")
                    .formatted(tenant),
                ("INSERT INTO %s.flyway_schema_history VALUES (1, '1', 'a', 'SQL', 'V1__a.sql', 1,"
                        + " 'x', now() + %d * interval '1 hour', 1, true), (2, '2', 'b', 'SQL',"
                        + " 'V2__b.sql', 2, 'x', now() + %d * interval '2 hour', 1, %s)")
                    .formatted(tenant, i, i, i != 33)));
    RecordingDataSource recording = new RecordingDataSource(database.dataSource());

    MigrationStatus status =
        SchemaGuard.builder(recording.dataSource())
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse("1\n2\n", "chain")))
            .tool(Tool.FLYWAY)
            .tenants(Tenants.schemas(ANY))
            .build()
            .check();

    assertThat(worst(status)).containsExactly("tenant_033 FAILED");
    assertThat(tenants(status).counts()).isEqualTo("1 FAILED, 119 UP_TO_DATE");
    List<String> digests =
        recording.takeCalls().stream().filter(sql -> sql.startsWith("SELECT 0, md5(")).toList();
    assertThat(digests).as("no table made one fail").hasSize(4);
  }

  /** Whichever of the two tables the catalog shows last. */
  @Test
  void anotherToolsTableBesideIsAnotherApplications() throws SQLException {
    database.execute(
        "CREATE TABLE tenant_011.schema_migrations (version bigint primary key, dirty boolean)",
        "INSERT INTO tenant_011.schema_migrations VALUES (3, false)",
        "CREATE TABLE tenant_012.alembic_version (version_num varchar(32))",
        "INSERT INTO tenant_012.alembic_version VALUES ('1975ea83b712')",
        "DROP TABLE tenant_012.databasechangelog",
        "CREATE TABLE tenant_012.databasechangelog AS SELECT * FROM original.databasechangelog");

    assertThat(check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  /**
   * PostgreSQL keeps the first 63 bytes of a name, and reads a table by the longer name as well.
   */
  @Test
  void aTableIsFoundWhoseNameTheDatabaseCut() throws SQLException {
    String name = "changelog_of_" + "a_very_long_name_".repeat(4);
    for (int i = 0; i < 10; i++) {
      database.execute("ALTER TABLE " + tenant(i) + ".databasechangelog RENAME TO " + name);
    }

    MigrationStatus status =
        Statewave.guard(database.dataSource(), "0.6.1")
            .history(new HistoryLocation(null, name, null))
            .tenants(Tenants.schemas("tenant_00_"))
            .build()
            .check();

    assertThat(tenants(status).byVerdict()).isEqualTo(Map.of(Verdict.UP_TO_DATE, 10));
  }

  @Test
  void aRoleThatMayNotReadOneTenantIsToldTheGrant() throws SQLException {
    String role = Postgres.role("tenants");
    inEach(
        database,
        (i, tenant) ->
            i == 17
                ? List.of("GRANT USAGE ON SCHEMA " + tenant + " TO " + role)
                : grantsToRead(tenant, role));
    database.execute("REVOKE USAGE ON SCHEMA tenant_018 FROM " + role);

    MigrationStatus status = guard(database.as(role, role)).build().check();

    assertThat(worst(status)).containsExactly("tenant_017 UNREADABLE", "tenant_018 UNREADABLE");
    assertThat(status.problem().actions().get(0))
        .contains("GRANT SELECT ON \"tenant_017\".\"databasechangelog\" TO");
  }

  private static List<String> grantsToRead(String tenant, String role) {
    return List.of(
        "GRANT USAGE ON SCHEMA " + tenant + " TO " + role,
        "GRANT SELECT ON ALL TABLES IN SCHEMA " + tenant + " TO " + role);
  }

  @Test
  void hiddenRowsAreNoHistory() throws SQLException {
    String role = Postgres.role("tenants");
    inEach(database, (i, tenant) -> grantsToRead(tenant, role));
    database.execute("ALTER TABLE tenant_020.databasechangelog ENABLE ROW LEVEL SECURITY");

    assertThat(worst(guard(database.as(role, role)).build().check()))
        .containsExactly("tenant_020 UNREADABLE");
  }

  @Test
  void aTableThatSomebodyHoldsKeepsNobodyElseWaiting() throws SQLException {
    try (Connection holder = database.dataSource().getConnection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE tenant_040.databasechangelog IN ACCESS EXCLUSIVE MODE");

      MigrationStatus status =
          guard(database.dataSource()).timeout(Duration.ofSeconds(1)).build().check();

      assertThat(worst(status)).containsExactly("tenant_040 UNREACHABLE");
      assertThat(tenants(status).counts()).isEqualTo("1 UNREACHABLE, 119 UP_TO_DATE");
    }
  }

  @Test
  void aDatabaseThatIsGoneIsUnreachableAtOnce() {
    DataSource nowhere =
        SimpleDataSource.of("jdbc:postgresql://localhost:1/none?connectTimeout=1", "u", "p");

    MigrationStatus status = guard(nowhere).build().check();

    assertThat(status.verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(tenants(status).count()).isZero();
  }

  @Test
  void onePoolConnectionIsEnough() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertThat(guard(pool).build().check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(guard(pool).build().preflight().go()).isTrue();
    }
  }
}
