// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.connections.ConnectionTag;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.UpgradeTolerance.Reason;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TaggedPools;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a preflight advises with the versions before its eyes that are running. */
class PreflightOfConnectedVersionsTest {

  private static final String MATRIX =
      """
      Application: statewave
      Unknown ahead: refused

      | App version | Expected | Min  | Max  |
      |-------------|----------|------|------|
      | current     | head     | 0009 |      |
      | 0.6.0       | 0012     | 0009 |      |
      | 0.5.1       | 0009     |      | 0011 |
      | 0.5.0       | 0009     |      | 0010 |
      | 0.4.0       | 0008     | 0005 |      |
      """;

  private final TaggedPools pools = new TaggedPools();

  @AfterEach
  void disconnect() {
    pools.close();
  }

  /** Migrated, and the migrator's connections are gone from the server, too. */
  private static TestDatabase atNine() {
    TestDatabase database = Postgres.database();
    Statewave.update(database.dataSource(), 9);
    try (SchemaGuard guard = Statewave.guard(database.dataSource(), "0.6.1").build()) {
      Patience.until(
          "nobody is connected",
          Duration.ofSeconds(20),
          () -> guard.connectedVersions().isKnown() && guard.connectedVersions().untagged() == 0);
    }
    return database;
  }

  private static Preflight preflight(DataSource dataSource) {
    RevisionChain chain =
        RevisionChain.parse(
            Statewave.resource("statewave/schema-guard/revisions.txt"), "revisions.txt");
    try (SchemaGuard guard =
        Statewave.guard(dataSource, "0.6.1")
            .matrix(CompatibilityMatrix.parse(MATRIX, chain))
            .build()) {
      return guard.preflight();
    }
  }

  @Test
  void oneMayMigrateAsFarAsTheWeakestVersionSurvives() throws SQLException {
    TestDatabase database = atNine();
    pools
        .statewave(database, "0.6.0", 2)
        .statewave(database, "0.5.1", 1)
        .statewave(database, "0.5.0", 1)
        .connect(database, ConnectionTag.of("fulcrum", "0.4.0"), 1);

    Preflight preflight = preflight(database.dataSource());

    assertThat(preflight.go()).isTrue();
    assertThat(preflight.running())
        .extracting(RunningVersion::version, RunningVersion::connections)
        .containsExactly(tuple("0.5.0", 1), tuple("0.5.1", 1), tuple("0.6.0", 2));
    assertThat(preflight.running().get(0).tolerance().stopsAt())
        .contains("0011_scope_subject_ref_to_tenant");
    assertThat(preflight.running().get(0).tolerance().reason()).isEqualTo(Reason.REFUSED);
    assertThat(preflight.safeUpTo()).isEqualTo("0010_require_tenant_id");
    assertThat(preflight.notSeen()).isEmpty();
    assertThat(preflight.toJson())
        .contains(
            """
              "running": [
                {
                  "version": "0.5.0",
                  "connections": 1,
                  "survives_up_to": "0010_require_tenant_id",
                  "stops_at": "0011_scope_subject_ref_to_tenant",
                  "reason": "refused"
                },
            """)
        .endsWith(
            "  \"safe_up_to\": \"0010_require_tenant_id\",\n  \"not_seen\": [],\n  \"rollback\": null\n}");
  }

  @Test
  void aVersionOfWhichNobodySaidAnythingStopsTheFirst() throws SQLException {
    TestDatabase database = atNine();
    pools.statewave(database, "0.6.0", 1).statewave(database, "0.4.0", 1);

    Preflight preflight = preflight(database.dataSource());

    assertThat(preflight.safeUpTo()).isNull();
    assertThat(preflight.go()).isTrue();
    assertThat(preflight.running().get(0).tolerance().reason()).isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void whoIsNotSeenIsNotSafe() throws SQLException {
    TestDatabase database = atNine();
    try (Connection untagged = database.dataSource().getConnection()) {
      Preflight preflight = preflight(database.dataSource());

      assertThat(untagged.isClosed()).isFalse();
      assertThat(preflight.running()).isEmpty();
      assertThat(preflight.safeUpTo()).isNull();
      assertThat(preflight.notSeen()).containsExactly("1 untagged connection: version unknown");
    }
  }

  /** Migrations that harm a connected version, or may, stop a pipeline that asks for it. */
  @Nested
  class RespectingWhatRuns {

    private final TestDatabase database = atNine();

    private Preflight respecting() {
      return preflight(database.dataSource()).respectingRunning();
    }

    @Test
    void aRevisionThatRefusesAConnectedVersionHasToWait() throws SQLException {
      pools.statewave(database, "0.6.0", 1).statewave(database, "0.5.0", 1);

      Preflight preflight = respecting();

      assertThat(preflight.go()).isFalse();
      assertThat(preflight.exitCode()).isEqualTo(11);
      assertThat(preflight.reason())
          .isEqualTo(
              "0011_scope_subject_ref_to_tenant must wait until 0.5.0 is gone, because it refuses"
                  + " 0.5.0");
      assertThat(preflight.actions())
          .containsExactly(
              "migrate up to 0010_require_tenant_id only, replace these instances by this version,"
                  + " then migrate the rest");
      assertThat(preflight.toJson())
          .contains(
              "\"exit_code\": 11",
              "\"decision\": \"staged\"",
              "\"stops_at\": \"0011_scope_subject_ref_to_tenant\"",
              "\"cannot_restart\": [\"0.5.1\", \"0.5.0\", \"0.4.0\"]");
    }

    @Test
    void versionsThatSurviveAllOfItDoNotStopIt() throws SQLException {
      pools.statewave(database, "0.6.0", 2);

      assertThat(respecting().exitCode()).isZero();
      assertThat(respecting().toJson()).contains("\"decision\": \"rolling\"", "\"stops_at\": null");
    }

    @Test
    void aVersionOfWhichNothingIsKnownStopsIt() throws SQLException {
      pools.statewave(database, "0.4.0", 1);

      assertThat(respecting().exitCode()).isEqualTo(11);
      assertThat(respecting().actions())
          .containsExactly(
              "start this version now, stop the other instances once it runs, then migrate");
    }

    @Test
    void anUntaggedConnectionOfTheApplicationsRoleStopsIt() throws SQLException {
      pools.statewave(database, "0.6.0", 1);
      try (Connection untagged = database.dataSource().getConnection()) {
        assertThat(respecting().exitCode()).isEqualTo(11);
        assertThat(respecting().reason())
            .isEqualTo("1 untagged connection may be of a version that does not survive");
        assertThat(respecting().toJson()).contains("\"decision\": null");
        assertThat(untagged.isClosed()).isFalse();
      }
    }

    @Test
    void anUntaggedConnectionOfAnotherRoleDoesNot() throws SQLException {
      pools.statewave(database, "0.6.0", 1);
      String role = Postgres.role("console");
      try (Connection console = database.as(role, role).getConnection()) {
        assertThat(respecting().exitCode()).isZero();
        assertThat(respecting().notSeen())
            .containsExactly("1 untagged connection: version unknown");
        assertThat(console.isClosed()).isFalse();
      }
    }

    @Test
    void ifNoneIsTaggedEveryOneOfThemCounts() throws SQLException {
      String role = Postgres.role("console");
      try (Connection console = database.as(role, role).getConnection()) {
        assertThat(respecting().exitCode()).isEqualTo(11);
        assertThat(console.isClosed()).isFalse();
      }
    }

    @Test
    void whereNothingIsPendingNothingStopsIt() throws SQLException {
      Statewave.update(database.dataSource(), Statewave.REVISIONS);
      pools.statewave(database, "0.4.0", 1);

      assertThat(respecting().exitCode()).isZero();
    }

    @Test
    void whereNothingCanBeSeenItCannotBeJudged() {
      TestDatabase embedded = H2.database();
      Statewave.update(embedded.dataSource(), 9);

      Preflight preflight = preflight(embedded.dataSource()).respectingRunning();

      assertThat(preflight.exitCode()).isEqualTo(11);
      assertThat(preflight.reason())
          .isEqualTo("what is connected is not known: connections cannot be distinguished on h2");
    }

    @Test
    void whereThisVersionCannotRunBeforeItEverythingHasToStop() throws SQLException {
      TestDatabase early = Postgres.database();
      Statewave.update(early.dataSource(), 8);
      pools.statewave(early, "0.4.0", 1);

      Preflight preflight = preflight(early.dataSource()).respectingRunning();

      assertThat(preflight.exitCode()).isEqualTo(11);
      assertThat(preflight.toJson()).contains("\"decision\": \"recreate\"");
      assertThat(preflight.actions())
          .containsExactly("stop these instances, migrate, then start this version");
    }
  }

  @Test
  void whatCannotBeSeenHereDecidesNothing() {
    TestDatabase database = H2.database();
    Statewave.update(database.dataSource(), 9);

    Preflight preflight = preflight(database.dataSource());

    assertThat(preflight.go()).isTrue();
    assertThat(preflight.running()).isNull();
    assertThat(preflight.safeUpTo()).isNull();
    assertThat(preflight.notSeen()).containsExactly("connections cannot be distinguished on h2");
    assertThat(preflight.toJson()).contains("\"running\": null", "\"safe_up_to\": null");
  }

  @Test
  void whatFlywaysFilesSayOfWhoSurvivesIsWhatOldInstancesWillRead() throws SQLException {
    TestDatabase database = Postgres.database();
    FlywayRun migrator =
        FlywayRun.of(database.dataSource(), "V1__create", "V2__requires-app_0.6.0_drop_x");
    migrator.target("1").migrate();
    pools.statewave(database, "0.6.0", 1).statewave(database, "0.5.0", 1);

    Preflight preflight =
        flyway(database, "0.6.1", "1\talias=1_create\n2\talias=2_requires-app_0.6.0_drop_x");

    assertThat(preflight.cannotRestart()).containsExactly("0.5.0");
    assertThat(preflight.safeUpTo()).isNull();
    assertThat(preflight.running())
        .extracting(RunningVersion::version, seen -> seen.tolerance().reason())
        .containsExactly(tuple("0.5.0", Reason.REFUSED), tuple("0.6.0", null));
    migrator.target("2").migrate();
    assertThat(flyway(database, "0.6.0", "1").status().verdict())
        .isEqualTo(Verdict.AHEAD_COMPATIBLE);
    assertThat(flyway(database, "0.5.0", "1").status().verdict())
        .isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
  }

  /** What the jar of a version says, whose matrix knows two older ones at the first migration. */
  private static Preflight flyway(TestDatabase database, String version, String chain) {
    CompatibilityMatrix matrix =
        CompatibilityMatrix.parse(
            """
            Application: statewave

            | App version | Expected |
            |-------------|----------|
            | current     | head     |
            | 0.6.0       | 1        |
            | 0.5.0       | 1        |
            """,
            RevisionChain.parse(chain, "revisions.txt"));
    try (SchemaGuard guard =
        Statewave.guard(database.dataSource(), version).matrix(matrix).build()) {
      return guard.preflight();
    }
  }

  @Test
  void anApplicationWithoutANameKnowsNoneOfItsInstances() throws SQLException {
    TestDatabase database = atNine();
    pools.statewave(database, "0.6.0", 1);
    CompatibilityMatrix nameless =
        CompatibilityMatrix.ofChain(Statewave.matrix().chain().orElseThrow());

    Preflight preflight =
        Statewave.guard(database.dataSource(), "0.6.1").matrix(nameless).build().preflight();

    assertThat(preflight.running()).isNull();
    assertThat(preflight.notSeen()).singleElement().asString().contains("has no name");
  }

  @Test
  @RequiresMariaDb
  void aPartOfTheFleetMaySpeakAgainstAMigrationAndNeverForItOnMariaDb() throws SQLException {
    aPartOfTheFleetMaySpeakAgainstAMigrationAndNeverForIt(MariaDb.databaseWithPerformanceSchema());
  }

  @Test
  @RequiresMySql
  void aPartOfTheFleetMaySpeakAgainstAMigrationAndNeverForItOnMySql() throws SQLException {
    aPartOfTheFleetMaySpeakAgainstAMigrationAndNeverForIt(MySql.database());
  }

  private void aPartOfTheFleetMaySpeakAgainstAMigrationAndNeverForIt(TestDatabase database)
      throws SQLException {
    Statewave.update(database.dataSource(), 9);
    String schema = database.value("SELECT DATABASE()");
    String role = "half" + schema;
    database.execute(
        "CREATE USER %s IDENTIFIED BY '%s'".formatted(role, role),
        "GRANT SELECT ON %s.* TO %s".formatted(schema, role));
    pools.statewave(new TestDatabase(database.url(), role, role), "0.6.0", 1);

    Preflight part = preflight(database.as(role, role));

    assertThat(part.running()).extracting(RunningVersion::version).containsExactly("0.6.0");
    assertThat(part.safeUpTo()).isNull();
    assertThat(part.notSeen()).singleElement().asString().contains("GRANT SELECT");
    assertThat(preflight(database.dataSource()).safeUpTo()).isEqualTo("0012_add_health_cache");
  }
}
