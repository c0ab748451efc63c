// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.spring.SchemaGuardStartupException;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two releases of an application that migrates itself, and keeps a view up to date with a migration
 * that is repeated. The old one must not run its own on the database of the new one.
 */
class OldReleaseTest {

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Shop {}

  static ConfigurableApplicationContext start(
      String release, String tool, TestDatabase database, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--spring.main.web-application-type=none",
                "--spring.main.banner-mode=off",
                "--spring.jpa.hibernate.ddl-auto=none",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--schema-guard.matrix=classpath:shop/%s-%s/compatibility.md"
                    .formatted(tool, release),
                "--spring.application.version=" + (release.equals("old") ? "1.0" : "2.0"),
                "--spring.liquibase.enabled=" + tool.equals("liquibase"),
                "--spring.flyway.enabled=" + tool.equals("flyway"),
                "--spring.liquibase.change-log=classpath:shop/liquibase-%s/changelog.yaml"
                    .formatted(release),
                "--spring.flyway.ignore-migration-patterns=*:future,*:missing",
                "--spring.flyway.locations=classpath:shop/flyway-%s".formatted(release)));
    all.addAll(Arrays.asList(arguments));
    return new SpringApplication(Shop.class).run(all.toArray(String[]::new));
  }

  private static String view(TestDatabase database) throws Exception {
    return database.value("SELECT release FROM current_release");
  }

  private static void assertAnOldReleaseIsKeptFromANewDatabase(
      String tool, TestDatabase database) throws Exception {
    start("new", tool, database, "--schema-guard.mode=strict").close();
    assertThat(view(database)).isEqualTo("new");

    assertThatThrownBy(() -> start("old", tool, database, "--schema-guard.mode=strict"))
        .rootCause()
        .hasMessageContaining("GUARD-AHEAD-INCOMPATIBLE");
    assertThat(view(database)).as("after a refusal").isEqualTo("new");

    start("old", tool, database).close();
    assertThat(view(database)).as("the harm that was foretold, in warn mode").isEqualTo("old");
  }

  @Test
  void ofLiquibase() throws Exception {
    assertAnOldReleaseIsKeptFromANewDatabase("liquibase", Postgres.database());
  }

  @Test
  void ofFlyway() throws Exception {
    assertAnOldReleaseIsKeptFromANewDatabase("flyway", Postgres.database());
  }

  @Test
  void aNewReleaseMigratesTheDatabaseOfAnOldOne() throws Exception {
    TestDatabase database = H2.database();
    start("old", "liquibase", database, "--schema-guard.mode=strict").close();

    start("new", "liquibase", database, "--schema-guard.mode=strict").close();

    assertThat(view(database)).isEqualTo("new");
  }

  @Test
  void aFailedMigrationStopsTheNextOne() throws Exception {
    TestDatabase database = H2.database();
    start("old", "liquibase", database, "--schema-guard.mode=strict").close();
    database.execute("UPDATE DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ID = '1_shop'");

    assertThatThrownBy(
            () -> start("new", "liquibase", database, "--schema-guard.mode=strict"))
        .hasCauseInstanceOf(SchemaGuardStartupException.class)
        .hasStackTraceContaining("GUARD-FAILED");
    assertThat(database.rows("SELECT ID FROM DATABASECHANGELOG")).doesNotContain("2_lines");
  }
}
