// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.spring.SchemaGuardStartupException;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A real application with JPA, jOOQ, initialisers and a job, each of which would fail on a schema
 * that lacks the last migration, in its own words, if it came before the check.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupOrderTest {

  private static final String STRICT = "--schema-guard.mode=strict";

  private static TestDatabase migrated(TestDatabase database, int revisions) {
    Statewave.update(database.dataSource(), revisions);
    return database;
  }

  private static Verdict verdict(RunningApplication application) {
    return application.context().getBean(SchemaGuards.class).byName().get("").status().verdict();
  }

  private static void assertRefused(Throwable failure, Verdict verdict) {
    assertThat(failure)
        .hasStackTraceContaining("SchemaGuardStartupException")
        .satisfies(
            thrown ->
                assertThat(refusal(thrown).getCause())
                    .isInstanceOfSatisfying(
                        IncompatibleSchemaException.class,
                        refused -> assertThat(refused.status().verdict()).isEqualTo(verdict)));
  }

  private static SchemaGuardStartupException refusal(Throwable failure) {
    Throwable at = failure;
    while (!(at instanceof SchemaGuardStartupException)) {
      at = at.getCause();
    }
    return (SchemaGuardStartupException) at;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--spring.main.lazy-initialization=false",
        "--spring.main.lazy-initialization=true",
        "--spring.jpa.defer-datasource-initialization=true",
        "--spring.threads.virtual.enabled=true",
        "--spring.main.web-application-type=none"
      })
  void aSchemaBehindIsRefusedBeforeAnythingUsesTheDatabase(String setting, CapturedOutput output) {
    TestDatabase database = migrated(H2.database(), 11);

    Throwable failure = RunningApplication.failure(database, STRICT, setting);

    assertRefused(failure, Verdict.BEHIND);
    assertThat(refusal(failure).getExitCode()).isEqualTo(3);
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .containsSubsequence(
            "Description:",
            "Schema Guard refused to start statewave   [GUARD-BEHIND]",
            "why       0012_add_health_cache is required and not applied",
            "Action:",
            "do now    run this release's migrations on this database, then start again",
            "override  STATEWAVE_STRICT_SCHEMA=0 (warn only)")
        .doesNotContain("Unable to close", "Schema-validation", "BadSqlGrammar", "Table \"HEALTH_CACHE\" not found");
  }

  @Test
  void aSchemaThatFitsLetsTheApplicationStart(CapturedOutput output) {
    try (RunningApplication application =
        RunningApplication.start(migrated(Postgres.database(), 12), STRICT)) {
      assertThat(verdict(application)).isEqualTo(Verdict.UP_TO_DATE);
    }
    assertThat(output).contains("statewave: Schema is up to date");
  }

  @Test
  void theApplicationsOwnMigrationsComeFirst() {
    try (RunningApplication application =
        RunningApplication.migratingStart(Postgres.database(), STRICT)) {
      assertThat(verdict(application)).isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  @Test
  void whatTheOwnMigratorSkippedIsRefusedWithWhatItWasTold(CapturedOutput output) {
    assertThatCode(
            () ->
                RunningApplication.migratingStart(
                    H2.database(),
                    STRICT,
                    "--spring.liquibase.contexts=none",
                    "--spring.liquibase.change-log=classpath:/skipping.yaml"))
        .satisfies(thrown -> assertRefused(thrown, Verdict.UNINITIALIZED));
    assertThat(output)
        .contains(
            "do now    this application's migrator ran (contexts none, changelog"
                + " classpath:/skipping.yaml) and recorded nothing here");
  }

  @Test
  void scriptsComeAfterTheCheck() throws SQLException {
    TestDatabase database = H2.database();
    Throwable failure =
        RunningApplication.failure(
            database,
            STRICT,
            "--spring.sql.init.mode=always",
            "--spring.sql.init.schema-locations=classpath:history.sql");

    assertRefused(failure, Verdict.UNINITIALIZED);
    assertThat(
            database.rows(
                "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"))
        .isEmpty();
  }

  @Test
  void theStartWaitsForWhoeverMigrates(CapturedOutput output) {
    TestDatabase database = migrated(Postgres.database(), 11);
    CompletableFuture<Void> migration =
        CompletableFuture.runAsync(
            () -> {
              Patience.until(
                  "it waits",
                  Duration.ofSeconds(30),
                  () -> output.getOut().contains("waits for its schema: 1 pending migration(s)"));
              Statewave.update(database.dataSource(), 1);
            });

    try (RunningApplication application =
        RunningApplication.start(database, STRICT, "--schema-guard.wait-timeout=60s")) {
      assertThat(verdict(application)).isEqualTo(Verdict.UP_TO_DATE);
    }
    migration.join();
  }

  @Test
  void warnModeStartsWithOneWarning(CapturedOutput output) {
    TestDatabase database = migrated(H2.database(), 12);
    Statewave.rollback(database.dataSource(), 1);

    Throwable failure = RunningApplication.failure(database);

    assertThat(failure).hasStackTraceContaining("missing table [health_cache]");
    assertThat(output.getOut().lines().filter(line -> line.contains("GUARD-BEHIND"))).hasSize(1);
    assertThat(output).contains("Schema Guard warns: statewave should not run on this database");
  }

  @Test
  void aDatabaseInMemoryThatNobodyMigratedIsNoWarning(CapturedOutput output) {
    Throwable failure = RunningApplication.failure(H2.database());

    assertThat(failure).hasStackTraceContaining("missing table [health_cache]");
    assertThat(output)
        .contains("the database lives in memory")
        .doesNotContain("Schema Guard warns");
  }
}
