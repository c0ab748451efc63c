// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.report.CompatibilityGrid;
import dev.schemaguard.report.StatusPage;
import dev.schemaguard.report.UnavailablePage;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Stale;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Nobody learns from what is shown to everybody who uses which database where: real checks of
 * databases in which user, schema, host, URL, table, paths and lock holder carry a mark.
 */
class HiddenDetailsTest {

  private static final String MARK = "secret";
  private static final HistoryLocation MARKED =
      new HistoryLocation("SECRET_SCHEMA", "SECRET_LOG", "SECRET_LOCK");
  private static final Duration REFRESH = Duration.ofSeconds(5);

  private final TestDatabase database = H2.database();

  @Test
  void whatEverybodySeesNamesNoUserHostSchemaUrlPathOrHolder() throws SQLException {
    Map<Verdict, MigrationStatus> statuses = new EnumMap<>(Verdict.class);
    statuses.put(Verdict.UNREACHABLE, guard(unreachable(), "0.6.1").check());
    prepare();
    statuses.put(Verdict.UNINITIALIZED, guard(as("SECRET_USER"), "0.6.1").check());
    migrate(9);
    lock();
    statuses.put(Verdict.UNREADABLE, guard(as("SECRET_STRANGER"), "0.6.1").check());
    statuses.put(Verdict.UNKNOWN_VERSION, guard(as("SECRET_USER"), "9.9").check());
    statuses.put(Verdict.BEHIND, guard(as("SECRET_USER"), "0.6.0").check());
    statuses.put(Verdict.AHEAD_UNKNOWN, guard(as("SECRET_USER"), "0.4.0").check());
    record("requires-app 1.0", "'EXECUTED'");
    statuses.put(Verdict.AHEAD_INCOMPATIBLE, guard(as("SECRET_USER"), "0.5.0").check());
    record("requires-app secret", "'FAILED'");
    statuses.put(Verdict.FAILED, guard(as("SECRET_USER"), "0.5.0").check());

    statuses.forEach(
        (verdict, status) -> {
          assertThat(status.verdict()).isEqualTo(verdict);
          assertHidesDetails(status);
          assertHidesDetails(status.stale(new Stale(Instant.EPOCH, "no route to secret:5432")));
        });
  }

  @Test
  void aCommentOfAMigrationIsNotShownToEverybody() throws SQLException {
    prepare();
    migrate(9);
    record("requires-app secret", "'EXECUTED'");

    MigrationStatus status = guard(as("SECRET_USER"), "0.5.0").check();

    assertThat(status.problem().code()).isEqualTo("GUARD-AHEAD-MARKER");
    assertHidesDetails(status);
  }

  @Test
  void norArePathsOfAChangelogThatLiquibaseWasRunWith() {
    LiquibaseRun.ofChangesets(database.dataSource(), "secret/db.xml", "1", "2").update();

    MigrationStatus behind = ofChain("db.xml::1::tester\ndb.xml::2::tester\n");
    MigrationStatus ahead = ofChain("db.xml::1::tester\toptional\nsecret/db.xml::2::tester\n");

    assertThat(behind.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(ahead.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
    assertThat(behind.problem().why()).contains("secret/");
    assertThat(behind.redacted().problem().why()).doesNotContain("secret/");
    assertThat(ahead.redacted().problem().actions().toString()).doesNotContain("secret/");
    assertThat(behind.redacted().notes()).isEmpty();
    assertThat(ahead.redacted().notes()).isEmpty();
  }

  private MigrationStatus ofChain(String chain) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt")))
        .environment(variable -> null)
        .build()
        .check();
  }

  @Test
  void norDoTheTenants() throws SQLException {
    prepare();
    migrate(9);
    lock();

    assertHidesDetails(tenants(as("SECRET_USER"), "SECRET%").check());
    assertHidesDetails(tenants(as("SECRET_USER"), "SECRET%", "PUBLIC").check());
  }

  @Test
  void norWhoHoldsTheLockOfATenantThatIsUpToDate() throws SQLException {
    prepare();
    migrate(12);
    lock();

    MigrationStatus status = tenants(as("SECRET_USER"), "SECRET%").checkWithLock();

    assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertHidesDetails(status);
  }

  @Test
  void norWhyNobodyCanTellWhichTenantsThereAre() {
    assertHidesDetails(tenants(unreachable(), "%").check());
  }

  private static SchemaGuard tenants(DataSource dataSource, String... patterns) {
    return builder(dataSource, "0.6.1")
        .history(new HistoryLocation(null, MARKED.table(), MARKED.lockTable()))
        .tenants(Tenants.schemas(patterns))
        .build();
  }

  private static void assertHidesDetails(MigrationStatus status) {
    MigrationStatus open = status.redacted();
    CompatibilityGrid grid = CompatibilityGrid.of(Statewave.matrix());

    // Else the mark was in none of the places, and the test would prove nothing.
    assertThat(lower(StatusPage.of(grid, status))).contains(MARK);
    assertThat(lower(open.toString())).doesNotContain(MARK);
    assertThat(lower(open.toJson())).doesNotContain(MARK);
    assertThat(lower(StatusPage.of(grid, open))).doesNotContain(MARK);
    assertThat(lower(StatusPage.live(grid, open, REFRESH))).doesNotContain(MARK);
    assertThat(lower(UnavailablePage.of(status, false))).doesNotContain(MARK);
    assertThat(lower(UnavailablePage.of(open, true))).doesNotContain(MARK);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static DataSource unreachable() {
    return SimpleDataSource.of("jdbc:h2:tcp://secret.invalid/secret", "secret", "secret");
  }

  private DataSource as(String user) {
    // The rest of the URL is for administrators alone.
    return database.withUrl(database.url().replaceFirst(";.*", "")).as(user, "pw");
  }

  private static SchemaGuard guard(DataSource dataSource, String version) {
    return builder(dataSource, version).build();
  }

  private static SchemaGuardBuilder builder(DataSource dataSource, String version) {
    CompatibilityMatrix matrix =
        CompatibilityMatrix.parse(
            Statewave.resource("statewave/schema-guard/compatibility.md")
                .replaceFirst("\\| current .*\n", ""),
            "file:/home/secret/compatibility.md",
            false,
            Statewave.matrix().chain().orElseThrow());
    return SchemaGuard.builder(dataSource)
        .matrix(matrix)
        .applicationVersion(version)
        .history(MARKED)
        .migratedBy(new MigrationOwner(true, "changelog /home/secret/x.yaml", false, "ask secret"))
        .environment(variable -> null);
  }

  private void prepare() throws SQLException {
    database.execute(
        "CREATE USER SECRET_USER PASSWORD 'pw' ADMIN",
        "CREATE USER SECRET_STRANGER PASSWORD 'pw'",
        "CREATE SCHEMA SECRET_SCHEMA AUTHORIZATION SECRET_USER");
  }

  private LiquibaseRun run() {
    TestDatabase inSchema = database.withUrl(database.url() + ";SCHEMA=" + MARKED.schema());
    return Statewave.run(inSchema.dataSource())
        .in(MARKED.schema())
        .tables(MARKED.table(), MARKED.lockTable());
  }

  private void migrate(int changesets) {
    run().update(changesets);
  }

  /** As a host holds it that runs Liquibase at this moment. */
  private void lock() throws SQLException {
    database.execute(
        "UPDATE SECRET_SCHEMA.SECRET_LOCK SET LOCKED = TRUE, LOCKGRANTED = CURRENT_TIMESTAMP,"
            + " LOCKEDBY = 'secret-host (10.0.0.7)'");
  }

  private void record(String comment, String outcome) throws SQLException {
    database.execute(
        "DELETE FROM SECRET_SCHEMA.SECRET_LOG WHERE ID = '0099_later'",
        "INSERT INTO SECRET_SCHEMA.SECRET_LOG (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED,"
            + " EXECTYPE, COMMENTS) VALUES ('0099_later', 'a', 'later.sql', CURRENT_TIMESTAMP, 99, "
            + outcome
            + ", '"
            + comment
            + "')");
  }
}
