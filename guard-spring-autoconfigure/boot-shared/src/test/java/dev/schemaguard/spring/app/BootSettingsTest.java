// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.spring.SchemaGuardCustomizer;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What Spring Boot knows of a migration tool is taken over, also where it does not run it. */
class BootSettingsTest {

  private static final String[] MOVED = {
    "spring.liquibase.enabled=false",
    "spring.liquibase.liquibase-schema=migrations",
    "spring.liquibase.database-change-log-table=changes",
    "spring.liquibase.database-change-log-lock-table=changes_lock"
  };

  private static TestDatabase database;

  @BeforeAll
  static void moveTheHistory() throws Exception {
    database = Postgres.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    database.execute(
        "CREATE SCHEMA migrations",
        "ALTER TABLE databasechangelog SET SCHEMA migrations",
        "ALTER TABLE migrations.databasechangelog RENAME TO changes",
        "ALTER TABLE databasechangeloglock SET SCHEMA migrations",
        "ALTER TABLE migrations.databasechangeloglock RENAME TO changes_lock");
  }

  private static Verdict verdict(ApplicationContextRunner contexts) {
    MigrationStatus[] status = new MigrationStatus[1];
    contexts.run(
        context ->
            status[0] = context.getBean(SchemaGuards.class).byName().get("").status());
    return status[0].verdict();
  }

  @Test
  void theHistoryIsWhereSpringBootWasToldToKeepIt() {
    assertThat(verdict(Contexts.with(database))).isEqualTo(Verdict.UNREADABLE);
    assertThat(verdict(Contexts.with(database).withPropertyValues(MOVED)))
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void ourOwnSettingsWin() {
    assertThat(
            verdict(
                Contexts.with(database)
                    .withPropertyValues(MOVED)
                    .withPropertyValues(
                        "spring.liquibase.database-change-log-table=other",
                        "schema-guard.table=changes")))
        .isEqualTo(Verdict.UP_TO_DATE);
    assertThat(
            verdict(
                Contexts.with(database)
                    .withPropertyValues(MOVED)
                    .withPropertyValues("schema-guard.schema=public", "schema-guard.table=none")))
        .isEqualTo(Verdict.UNINITIALIZED);
  }

  @Test
  void aTableOfAnotherToolIsReadAsTheSettingsDescribeIt() throws Exception {
    database.execute(
        "CREATE TABLE steps (n INT, step VARCHAR(200), ok BOOLEAN)",
        "INSERT INTO steps SELECT orderexecuted, filename || '::' || id || '::' || author,"
            + " orderexecuted <> 12 FROM migrations.changes");
    ApplicationContextRunner contexts =
        Contexts.with(database)
            .withPropertyValues(
                "schema-guard.tool=table",
                "schema-guard.table=steps",
                "schema-guard.revision-column=step",
                "schema-guard.order-column=n",
                "schema-guard.applied-when=ok");

    assertThat(verdict(contexts)).isEqualTo(Verdict.BEHIND);
    assertThat(verdict(contexts.withPropertyValues("schema-guard.failed-when=NOT ok")))
        .isEqualTo(Verdict.FAILED);
    database.execute("UPDATE steps SET ok = TRUE");
    assertThat(verdict(contexts)).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(verdict(contexts.withPropertyValues("schema-guard.rows-where=n < 3")))
        .isEqualTo(Verdict.BEHIND);
    assertThat(
            verdict(
                contexts.withPropertyValues(
                    "schema-guard.order-column=",
                    "schema-guard.rows-where=n = (SELECT MAX(n) FROM steps)",
                    "schema-guard.rows-hold=newest")))
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void flywaysOutOfOrderAndTargetCountInThePreflight() {
    TestDatabase gap = Postgres.database();
    FlywayRun.of(gap.dataSource(), "V1__a", "V3__c").migrate();
    CompatibilityMatrix matrix =
        CompatibilityMatrix.ofChain(RevisionChain.parse("1\n2\n3\n4", "revisions.txt"));
    ApplicationContextRunner contexts =
        Contexts.with(gap)
            .withBean(
                SchemaGuardCustomizer.class, () -> (name, builder) -> builder.matrix(matrix));

    assertThat(preflight(contexts)).isEqualTo(3);
    assertThat(preflight(contexts.withPropertyValues("spring.flyway.out-of-order=true"))).isZero();
    assertThat(
            preflight(
                contexts.withPropertyValues(
                    "spring.flyway.out-of-order=true", "spring.flyway.target=3")))
        .isEqualTo(3);
  }

  private static int preflight(ApplicationContextRunner contexts) {
    int[] exitCode = new int[1];
    contexts.run(
        context ->
            exitCode[0] =
                context.getBean(SchemaGuards.class).byName().get("").preflight().exitCode());
    return exitCode[0];
  }

  @Test
  void aCustomizerHasTheLastWord() {
    assertThat(
            verdict(
                Contexts.with(database)
                    .withBean(
                        SchemaGuardCustomizer.class,
                        () ->
                            (name, builder) ->
                                builder.history(
                                    new HistoryLocation("migrations", "changes", null)))))
        .isEqualTo(Verdict.UP_TO_DATE);
  }
}
