// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.report.CompatibilityGrid;
import dev.schemaguard.report.StatusPage;
import dev.schemaguard.report.UnavailablePage;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Stale;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TenantSchemas;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of every state of a database: accessible, and no wider than the screen. */
@RequiresChromium
class StatesTest {

  private static final Duration REFRESH = Duration.ofSeconds(5);
  private static final CompatibilityGrid GRID = CompatibilityGrid.of(Statewave.matrix());
  private static Chromium chromium;

  private final TestDatabase database = H2.database();

  @BeforeAll
  static void start() {
    chromium = Chromium.shared();
  }

  private MigrationStatus status(int applied, String version) {
    if (applied > 0) {
      Statewave.update(database.dataSource(), applied);
    }
    return Statewave.guard(database.dataSource(), version).build().checkWithLock();
  }

  private static void assertFits(String title, MigrationStatus status) throws Exception {
    assertFits(title, StatusPage.of(GRID, status, "production eu-central-1"));
  }

  private static void assertFits(String title, String page) throws Exception {
    try (Tab tab = chromium.open(Look.extremes().get(0))) {
      tab.page().setContent(page);
      for (Look look : Look.extremes()) {
        tab.turn(look);
        Screenshots.save(tab.page(), "state-" + title + "-" + look);
        assertThat(tab.overflow()).as(title).isZero();
        assertThat(tab.barriers()).as(title).isEqualTo(List.of());
      }
    }
  }

  @Test
  void isShownWhereTheDatabaseIsUpToDateOrBehind() throws Exception {
    assertFits("uninitialized", status(0, "0.6.0"));
    assertFits("behind", status(9, "0.6.1"));
    assertFits("behind-compatible", status(2, "0.6.0"));
    assertFits("up-to-date", status(1, "0.6.1"));
  }

  @Test
  void isShownWhereTheDatabaseIsAhead() throws Exception {
    assertFits("ahead-unknown", status(12, "0.5.0"));
    record("0013_next", "requires-app 0.7.0", "EXECUTED");
    assertFits("ahead-incompatible", status(0, "0.6.1"));
    database.execute(
        "UPDATE DATABASECHANGELOG SET COMMENTS = 'requires-app 0.1.0'" + " WHERE ID = '0013_next'");
    assertFits("ahead-compatible", status(0, "0.6.1"));
  }

  @Test
  void isShownWhereAMigrationFailedOrALockIsHeld() throws Exception {
    status(9, "0.6.1");
    database.execute(
        "UPDATE DATABASECHANGELOGLOCK SET LOCKED = TRUE, LOCKGRANTED = CURRENT_TIMESTAMP,"
            + " LOCKEDBY = 'migrate-job-7f9c (10.0.0.7)'");
    assertFits("locked", status(0, "0.6.1"));
    record("0010_require_tenant_id", null, "FAILED");
    assertFits("failed", status(0, "0.6.1"));
  }

  @Test
  void isShownWhereTheStateIsUnknown() throws Exception {
    MigrationStatus good = status(12, "0.6.1");
    assertFits("unknown-version", ofUnknownVersion());
    assertFits("stale", good.stale(new Stale(Instant.parse("2026-11-22T03:00:00Z"), "refused")));
    database.execute("ALTER TABLE DATABASECHANGELOG DROP COLUMN EXECTYPE");
    assertFits("unreadable", status(0, "0.6.1"));
    assertFits(
        "unreachable",
        Statewave.guard(
                SimpleDataSource.of(
                    () -> {
                      throw new SQLException("Connection to pg3:5432 refused", "08001");
                    }),
                "0.6.1")
            .build()
            .check());
  }

  private MigrationStatus ofUnknownVersion() {
    String rows = Statewave.resource("statewave/schema-guard/compatibility.md");
    CompatibilityMatrix matrix =
        CompatibilityMatrix.parse(
            rows.replaceAll("(?m)^\\| current .*\n", ""), Statewave.matrix().chain().orElseThrow());
    return Statewave.guard(database.dataSource(), "7.0.0").matrix(matrix).build().check();
  }

  @Test
  void isShownWhereThereAreManyTenants() throws Exception {
    TenantSchemas tenants = TenantSchemas.in(database);
    for (int i = 1; i <= 30; i++) {
      String name = "tenant_%02d".formatted(i);
      tenants.with(name);
      if (i % 3 == 0) {
        tenants.behind(name, i % 2 + 1);
      }
    }
    tenants.with("tenant_" + "the_company_with_the_long_name_".repeat(2)).failed("tenant_05");
    assertFits(
        "tenants",
        Statewave.guard(database.dataSource(), "0.6.1")
            .tenants(Tenants.schemas("tenant_%"))
            .build()
            .check());
  }

  @Test
  void isShownForManyAndForVeryLongNames() throws Exception {
    assertFits("150-revisions", page(150, "%04d_adds_a_column", 40, 120));
    String longest = "%04d_" + "the_migration_whose_name_says_everything_about_it_".repeat(4);
    assertFits("long-names", page(12, longest, 6, 9));
  }

  /** The page of versions that each expect some revisions more than the version before. */
  private String page(int revisions, String name, int versions, int applied) throws SQLException {
    List<String> names = IntStream.rangeClosed(1, revisions).mapToObj(name::formatted).toList();
    StringBuilder rows =
        new StringBuilder(
            "Application: orders\n\n| App version | Expected | Min |\n|---|---|---|\n");
    for (int i = versions; i >= 1; i--) {
      int expected = revisions * i / versions;
      rows.append("| 1.%d | %s | %s |\n".formatted(i, names.get(expected - 1), names.get(0)));
    }
    database.execute(
        "DROP ALL OBJECTS",
        "CREATE TABLE DATABASECHANGELOG (ID VARCHAR(255), AUTHOR VARCHAR(255), FILENAME"
            + " VARCHAR(255), DATEEXECUTED TIMESTAMP, ORDEREXECUTED INT, EXECTYPE VARCHAR(10))");
    for (int i = 0; i < applied; i++) {
      record(names.get(i), null, "EXECUTED");
    }
    CompatibilityMatrix matrix =
        CompatibilityMatrix.parse(
            rows.toString(), RevisionChain.parse(String.join("\n", names) + "\n", "revisions.txt"));
    MigrationStatus status =
        SchemaGuard.builder(database.dataSource())
            .matrix(matrix)
            .applicationVersion("1." + versions)
            .environment(variable -> null)
            .build()
            .check();
    return StatusPage.live(CompatibilityGrid.of(matrix), status, REFRESH, "staging", "?grid=all");
  }

  @Test
  void isShownToVisitors() throws Exception {
    assertFits("503", UnavailablePage.of(status(9, "0.6.1"), false));
    assertFits("503-details", UnavailablePage.of(status(0, "0.6.1"), true, "staging"));
  }

  private void record(String id, String comment, String outcome) throws SQLException {
    database.execute(
        "INSERT INTO DATABASECHANGELOG (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED,"
            + " EXECTYPE%s) VALUES ('%s', 'me', 'db/changelog/next.yaml', CURRENT_TIMESTAMP, 99, '%s'%s)"
                .formatted(
                    comment == null ? "" : ", COMMENTS",
                    id,
                    outcome,
                    comment == null ? "" : ", '" + comment + "'"));
  }
}
