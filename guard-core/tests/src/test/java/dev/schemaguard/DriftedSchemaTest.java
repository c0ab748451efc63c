// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Structure.Result;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history says that all is applied, and the schema says otherwise: the verdict of both. */
class DriftedSchemaTest {

  private static final String CHAIN = "1\n2\n3\n";

  private static final String FILE =
      """
      table lines
        id integer not null
        order_id integer	since=2
        key (id)

      table orders
        amount numeric(10,2)	since=3	was=amount integer
        id integer not null
        note text	unused
        key (id)

      view totals	since=3
        amount numeric
      """;

  @TempDir private Path folder;

  private TestDatabase database;

  @BeforeEach
  void writeTheFiles() throws Exception {
    database = Postgres.database();
    write("revisions.txt", CHAIN);
    matrix("refused", "head", "1");
    write("schema.postgresql.txt", FILE);
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }

  private void matrix(String unknown, String expected, String min) throws Exception {
    write(
        "compatibility.md",
        """
        Unknown ahead: %s

        | App version | Expected | Min |
        |---|---|---|
        | 1.0 | %s | %s |
        | 0.9 | 2 | 1 |
        """
            .formatted(unknown, expected.equals("head") ? "3" : expected, min));
  }

  private static FlywayRun flyway(DataSource dataSource) {
    return FlywayRun.of(dataSource)
        .script(
            "V1__orders",
            "CREATE TABLE orders (id integer PRIMARY KEY, amount integer, note text);"
                + "CREATE TABLE lines (id integer PRIMARY KEY)")
        .script("V2__lines", "ALTER TABLE lines ADD order_id integer")
        .script(
            "V3__money",
            "ALTER TABLE orders ALTER amount TYPE numeric(10,2);"
                + "CREATE VIEW totals AS SELECT sum(amount) AS amount FROM orders");
  }

  private FlywayRun flyway() {
    return flyway(database.dataSource());
  }

  private SchemaGuardBuilder builder() {
    return SchemaGuard.builder(database.dataSource())
        .matrix(CompatibilityMatrix.file(folder.resolve("compatibility.md")))
        .applicationVersion("1.0");
  }

  private MigrationStatus check() {
    return builder().build().check();
  }

  private static MigrationStatus.Structure structure(MigrationStatus status) {
    assertThat(status.structure()).isNotNull();
    return status.structure();
  }

  @Test
  void aDatabaseThatHasItsSchemaIsIntact() {
    flyway().migrate();

    MigrationStatus status = check();

    assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(structure(status).result()).isEqualTo(Result.INTACT);
    assertThat(structure(status).compared()).isTrue();
    assertThat(status.toJson())
        .endsWith(
            """
                "structure": {
                  "compared": true,
                  "result": "intact",
                  "missing": [],
                  "changed": [],
                  "newly_required": []
                }
              }
            }""");
  }

  @Test
  void aHistoryWithoutItsSchemaIsDrifted() throws SQLException {
    flyway().migrate();
    database.execute(
        "DROP VIEW totals",
        "ALTER TABLE lines DROP order_id, DROP CONSTRAINT lines_pkey",
        "ALTER TABLE orders ALTER amount TYPE integer, ADD tax integer NOT NULL");

    MigrationStatus status = check();

    assertThat(status.verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(status.compatible()).isFalse();
    assertThat(status.exitCode()).isEqualTo(10);
    assertThat(structure(status).result()).isEqualTo(Result.BROKEN);
    assertThat(structure(status).missing())
        .containsExactly("lines.order_id", "lines key (id)", "view totals");
    assertThat(structure(status).changed())
        .containsExactly("orders.amount: integer, not numeric(10,2)");
    assertThat(structure(status).newlyRequired()).containsExactly("orders.tax");
    assertThat(status.problem().code()).isEqualTo("GUARD-DRIFTED");
    assertThat(status.problem().why())
        .contains("lines.order_id", "orders.amount: integer", "orders.tax", "(since 2, 3)");
    assertThat(status.summary())
        .isEqualTo(
            "The schema lacks what this version needs, although everything is recorded as applied");
    assertThat(status.error()).isNull();
  }

  @Test
  void aTableMarkedUnusedMayGo() throws SQLException {
    flyway().migrate();
    database.execute("ALTER TABLE orders DROP note");

    assertThat(check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void whatIsPendingIsNotMissing() throws SQLException {
    flyway().target("1").migrate();

    MigrationStatus status = check();

    assertThat(status.verdict()).isEqualTo(Verdict.BEHIND_COMPATIBLE);
    assertThat(structure(status).result()).isEqualTo(Result.INTACT);

    database.execute("ALTER TABLE lines DROP CONSTRAINT lines_pkey");
    assertThat(check().verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(check().pendingRevisions()).containsExactly("2", "3");
  }

  @Test
  void aVersionWhoseRowEndsBelowTheHeadIsNotCompared() {
    flyway().target("2").migrate();

    MigrationStatus status = builder().build().check("0.9");

    assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(structure(status).result()).isEqualTo(Result.NOT_COMPARABLE);
    assertThat(structure(status).compared()).isFalse();
    assertThat(status.notes())
        .containsExactly(
            "the schema was not compared with its schema file: it is that of the newest revision,"
                + " and this version expects 2");
  }

  @Test
  void aFileForAnotherProductIsNotCompared() {
    DataSource h2 = H2.database().dataSource();
    flyway(h2).target("2").migrate();

    MigrationStatus status =
        SchemaGuard.builder(h2)
            .matrix(CompatibilityMatrix.file(folder.resolve("compatibility.md")))
            .applicationVersion("1.0")
            .build()
            .check();

    assertThat(status.verdict()).isEqualTo(Verdict.BEHIND_COMPATIBLE);
    assertThat(structure(status).result()).isEqualTo(Result.NOT_COMPARABLE);
    assertThat(status.notes())
        .containsExactly(
            "the schema was not compared with its schema file: there is one for postgresql, and this"
                + " database is h2");
  }

  @Test
  void withoutAFileThereIsNothingToTell() throws Exception {
    flyway().migrate();
    Files.delete(folder.resolve("schema.postgresql.txt"));

    assertThat(check().structure()).isNull();
    assertThat(check().notes()).isEmpty();
    assertThat(check().toJson()).endsWith("\"structure\": null\n  }\n}");
  }

  @Test
  void aSettingOnlyWarnsOrComparesNothing() throws SQLException {
    flyway().migrate();
    database.execute("DROP VIEW totals");

    MigrationStatus warned = builder().structure(Mode.Structure.WARN).build().check();
    MigrationStatus off = builder().structure(Mode.Structure.OFF).build().check();

    assertThat(warned.verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(structure(warned).result()).isEqualTo(Result.BROKEN);
    assertThat(warned.notes())
        .containsExactly("the schema lacks what this version needs: missing: view totals");
    assertThat(off.structure()).isNull();
    assertThat(off.notes()).isEmpty();
  }

  @Test
  void anUnknownRevisionThatBreaksTheSchemaIsRefusedEvenIfUnknownOnesAreAllowed() throws Exception {
    matrix("allowed", "head", "1");
    flyway().script("V4__drop", "DROP VIEW totals").migrate();

    MigrationStatus status = check();

    assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    assertThat(status.problem().code()).isEqualTo("GUARD-AHEAD-STRUCTURE");
    assertThat(status.problem().why())
        .isEqualTo("4 is unknown to 1.0, and the schema lacks what it needs: missing: view totals");
    assertThat(builder().structure(Mode.Structure.WARN).build().check().compatible()).isTrue();
  }

  @Test
  void anUnknownRevisionThatBreaksNothingIsCompatibleIfTheMatrixSaysIntact() throws Exception {
    flyway().script("V4__add", "CREATE TABLE more (id integer)").migrate();

    MigrationStatus refused = check();
    matrix("intact", "head", "1");
    MigrationStatus intact = check();
    MigrationStatus notCompared = builder().structure(Mode.Structure.OFF).build().check();

    assertThat(refused.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
    assertThat(refused.compatible()).isFalse();
    assertThat(refused.problem().why())
        .endsWith("runs on 4; all 3 tables and 5 columns of 1.0 are still there");
    assertThat(intact.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
    assertThat(intact.compatible()).isTrue();
    assertThat(notCompared.compatible()).isFalse();
  }

  @Test
  void aRevisionThatSomeoneAcceptedStaysAcceptedWithAWarning() throws SQLException {
    flyway().script("V4__drop", "DROP VIEW totals").migrate();

    MigrationStatus status = builder().accept("4").build().check();

    assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
    assertThat(status.compatible()).isTrue();
    assertThat(status.notes())
        .contains("the schema lacks what this version needs: missing: view totals");
  }

  @Test
  void aPreflightRefusesToMigrateADriftedSchema() throws Exception {
    matrix("refused", "head", "3");
    flyway().target("2").migrate();
    assertThat(builder().build().preflight().go()).isTrue();
    database.execute("ALTER TABLE orders DROP id");

    Preflight preflight = builder().build().preflight();

    assertThat(preflight.status().verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(preflight.exitCode()).isEqualTo(10);
    assertThat(preflight.reason())
        .isEqualTo("the schema lacks what this version needs: missing: orders.id, orders key (id)");
    assertThat(preflight.actions().get(0)).contains("--structure warn");
    assertThat(builder().structure(Mode.Structure.WARN).build().preflight().go()).isTrue();
  }

  @Test
  void aFileThatSaysNothingOfWhatIsPendingIsNotComparedBeforeAMigration() throws Exception {
    matrix("refused", "head", "3");
    flyway().target("1").migrate();
    write(
        "schema.postgresql.txt",
        FILE.replace("\tsince=2", "").replace("\tsince=3", "").replace("\twas=amount integer", ""));

    Preflight preflight = builder().build().preflight();

    assertThat(preflight.go()).isTrue();
    assertThat(preflight.status().notes())
        .anyMatch(note -> note.contains("2 is pending, and none of its lines says since="));
  }

  @Test
  void aStartIsRefusedAndARunningInstanceIsDegraded() throws SQLException {
    flyway().migrate();
    try (SchemaGuard running = builder().mode(Mode.STRICT).build()) {
      running.enforce();
      assertThat(running.readiness()).isEqualTo(Readiness.READY);
      database.execute("DROP VIEW totals");
      running.check();

      assertThat(running.readiness()).isEqualTo(Readiness.DEGRADED);
      assertThat(running.status().survivable()).isTrue();
    }
    try (SchemaGuard started = builder().mode(Mode.STRICT).build()) {
      assertThatExceptionOfType(IncompatibleSchemaException.class).isThrownBy(started::enforce);
      assertThat(started.readiness()).isEqualTo(Readiness.NOT_READY);
    }
  }

  @Test
  void aWaitEndsAtOnceBecauseNoMigrationIsToBeExpected() throws SQLException {
    flyway().migrate();
    database.execute("DROP VIEW totals");
    long begun = System.nanoTime();

    MigrationStatus status = builder().build().await(Duration.ofMinutes(1), each -> {});

    assertThat(status.verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void visitorsSeeTheResultWithoutNames() throws SQLException {
    flyway().migrate();
    database.execute("DROP VIEW totals");

    String drifted = check().redacted().toJson();
    flyway().script("V4__more", "CREATE TABLE more (id integer)").migrate();
    String ahead = check().redacted().toJson();

    assertThat(drifted).contains("\"result\": \"broken\"", "GUARD-DRIFTED");
    assertThat(ahead).contains("\"result\": \"broken\"", "GUARD-AHEAD-STRUCTURE");
    assertThat(drifted + ahead).doesNotContain("totals");
  }

  @Test
  void tenantsThatAreReadOneByOneAreCompared() throws SQLException {
    for (String schema : List.of("a", "b")) {
      database.execute("CREATE SCHEMA " + schema);
      flyway().in(schema).migrate();
    }
    database.execute("DROP VIEW b.totals");

    MigrationStatus status = builder().tenants(Tenants.schemas("a", "b")).build().check();

    assertThat(status.verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(status.tenants().byVerdict())
        .containsOnly(Map.entry(Verdict.DRIFTED, 1), Map.entry(Verdict.UP_TO_DATE, 1));
    assertThat(status.tenants().worst().get(0).tenant()).isEqualTo("b");
  }

  @Test
  void beforeItsOwnMigratorRunsOnlyWhatIsUnknownIsCompared() throws Exception {
    flyway().migrate();
    database.execute("DROP VIEW totals");
    try (SchemaGuard drifted = builder().mode(Mode.STRICT).build()) {
      drifted.enforceBeforeMigration();
    }

    matrix("intact", "head", "1");
    flyway().script("V4__more", "CREATE TABLE more (id integer)").migrate();
    try (SchemaGuard broken = builder().mode(Mode.STRICT).build()) {
      assertThatExceptionOfType(IncompatibleSchemaException.class)
          .isThrownBy(broken::enforceBeforeMigration)
          .withMessageContaining("GUARD-AHEAD-STRUCTURE");
    }
    database.execute("CREATE VIEW totals AS SELECT sum(amount) AS amount FROM orders");
    try (SchemaGuard intact = builder().mode(Mode.STRICT).build()) {
      intact.enforceBeforeMigration();
      assertThat(intact.enforce().verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
    }
  }

  @Test
  void anotherSchemaThatTheFileNamesIsComparedToo() throws Exception {
    flyway().migrate();
    write("schema.postgresql.txt", FILE + "\ntable billing.invoices\n  id integer\n");

    assertThat(structure(check()).missing()).containsExactly("table billing.invoices");
    database.execute("CREATE SCHEMA billing", "CREATE TABLE billing.invoices (id integer)");
    assertThat(check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aRenamedRevisionIsFoundByTheNameThatTheFileHas() throws Exception {
    flyway().target("1").migrate();
    write("revisions.txt", "1\n2.1\twas=2\n3\n");

    assertThat(structure(check()).result()).isEqualTo(Result.INTACT);
    write("schema.postgresql.txt", FILE.replace("since=2", "since=7"));
    assertThat(structure(check()).missing()).containsExactly("lines.order_id");
  }

  @Test
  void aMalformedFileIsAnErrorWithItsLine() throws Exception {
    flyway().migrate();
    write("schema.postgresql.txt", "table orders\n  id\n");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(this::check)
        .satisfies(error -> assertThat(error.location()).endsWith("schema.postgresql.txt:2"));
  }
}
