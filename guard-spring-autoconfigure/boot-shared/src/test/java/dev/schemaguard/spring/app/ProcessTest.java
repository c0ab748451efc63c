// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/** The packaged application as its image runs it. */
@Tag("process")
class ProcessTest {

  private final TestDatabase database = Postgres.database();

  private List<String> tables() throws Exception {
    return database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  }

  @Test
  void asItsOwnInitContainerItMigratesNothingAndEndsWithTheExitCode() throws Exception {
    ApplicationProcess fresh = ApplicationProcess.run(database, "--schema-guard.only=check");

    assertThat(fresh.exitCode()).as(fresh.output()).isEqualTo(7);
    assertThat(fresh.output())
        .contains("[GUARD-UNINITIALIZED]")
        .doesNotContain("Tomcat", "Unable to close");
    assertThat(tables()).isEmpty();

    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    ApplicationProcess migrated =
        ApplicationProcess.run(
            database, "--schema-guard.only=check", "--schema-guard.enabled=false");

    assertThat(migrated.exitCode()).as(migrated.output()).isZero();
    assertThat(migrated.output()).contains("Schema is up to date").doesNotContain("Tomcat");
  }

  @Test
  void asItsOwnInitContainerItWaits() {
    CompletableFuture<ApplicationProcess> waiting =
        CompletableFuture.supplyAsync(
            () -> ApplicationProcess.run(database, "--schema-guard.only=wait"));
    Statewave.update(database.dataSource(), Statewave.REVISIONS);

    ApplicationProcess ended = waiting.join();

    assertThat(ended.exitCode()).as(ended.output()).isZero();
  }

  @Test
  void aRefusedStartEndsWithTheExitCodeOfTheVerdict() {
    ApplicationProcess refused =
        ApplicationProcess.run(
            database, "--schema-guard.mode=strict", "--spring.liquibase.enabled=false");

    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(7);
    assertThat(refused.output())
        .contains("APPLICATION FAILED TO START")
        .doesNotContain("Unable to close");
  }

  /** The mode is bound when the application starts, not when it was processed. */
  @Tag("full")
  @Test
  void processedAheadOfTimeItBehavesAlike() throws Exception {
    List<String> processed =
        List.of("-Dspring.aot.enabled=true", "-jar", System.getProperty("application.jar"));

    ApplicationProcess asked =
        ApplicationProcess.run(processed, database, "--schema-guard.only=check");

    assertThat(asked.exitCode()).as(asked.output()).isEqualTo(7);
    assertThat(asked.output()).contains("do now    run this release's migrations");
    assertThat(tables()).isEmpty();

    Statewave.update(database.dataSource(), 11);
    ApplicationProcess refused =
        ApplicationProcess.run(
            processed,
            database,
            "--schema-guard.mode=strict",
            "--spring.liquibase.change-log=classpath:skipping.yaml",
            "--spring.liquibase.contexts=none");

    assertThat(refused.output())
        .contains("Starting AOT-processed StatewaveApplication", "APPLICATION FAILED TO START");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(
            ApplicationProcess.run(
                    processed,
                    database,
                    "--schema-guard.enabled=false",
                    "--spring.liquibase.enabled=false",
                    "--schema-guard.mode=strict")
                .output())
        .as("switched off, it goes on to Hibernate, which says so in its own words")
        .contains("missing table [health_cache]")
        .doesNotContain("GUARD-BEHIND");
  }

  /** No migration library, no actuator, no metrics: the guard needs none of them. */
  @Test
  void withoutAnyOptionalLibraryItGuardsAllTheSame() {
    ApplicationProcess refused =
        runWithout(
            entry ->
                entry.matches(
                    ".*/(liquibase|flyway|[^/]*actuator|micrometer|spring-boot-health)[^/]*[.]jar"),
            "--schema-guard.mode=strict");

    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(7);
    assertThat(refused.output()).contains("[GUARD-UNINITIALIZED]");
  }

  @Tag("full")
  @Test
  void aMigratorThatSpringBootDoesNotKnowComesBeforeTheCheck() {
    ApplicationProcess started =
        ApplicationProcess.run(
            List.of(
                "-Dspring.context.exit=onRefresh",
                "-cp",
                classPath(entry -> entry.matches(".*/spring-boot-(liquibase|flyway)-[^/]*[.]jar")),
                OwnLiquibaseApplication.class.getName()),
            database,
            "--schema-guard.mode=strict",
            "--spring.jpa.hibernate.ddl-auto=none");

    assertThat(started.output()).contains("Schema is up to date");
    assertThat(started.exitCode()).as(started.output()).isZero();
  }

  /** Spring Boot 4 runs a migration library only with the module that is made for it. */
  @Tag("full")
  @Test
  void aLibraryThatSpringBootDoesNotRunIsTold() {
    Assumptions.assumeFalse(SpringBootVersion.getVersion().startsWith("3."));

    ApplicationProcess refused =
        runWithout(entry -> entry.contains("spring-boot-liquibase"), "--schema-guard.mode=strict");

    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(7);
    assertThat(refused.output())
        .contains(
            "do now    add spring-boot-starter-liquibase if this application is to migrate itself:"
                + " liquibase-core is there, but without the starter Spring Boot 4 never runs it");
  }

  private ApplicationProcess runWithout(Predicate<String> left, String... arguments) {
    String kept = classPath(left.or(entry -> entry.endsWith("test-classes")));
    return ApplicationProcess.run(
        List.of("-cp", kept, "statewave.StatewaveApplication"), database, arguments);
  }

  private static String classPath(Predicate<String> left) {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(left.negate())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
