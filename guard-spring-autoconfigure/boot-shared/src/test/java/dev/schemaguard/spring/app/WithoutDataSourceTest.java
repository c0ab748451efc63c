// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.spring.SchemaGuardStartupException;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications without a DataSource, such as those that use R2DBC. */
class WithoutDataSourceTest {

  private final TestDatabase database = H2.database();

  private static SchemaGuardStartupException refusal(String... settings) {
    SchemaGuardStartupException[] refusal = new SchemaGuardStartupException[1];
    Contexts.withoutDatabase()
        .withPropertyValues(settings)
        .run(context -> refusal[0] = Contexts.refusal(context.getStartupFailure()));
    return refusal[0];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema-guard.mode=strict",
        "schema-guard.guards.orders.mode=strict",
        "STATEWAVE_STRICT_SCHEMA=1",
        "SCHEMA_GUARD_STRICT=on"
      })
  void strictIsRefusedIfThereIsNoDatabaseToAsk(String strict) {
    SchemaGuardStartupException refusal = refusal(strict);

    assertThat(refusal.getExitCode()).isEqualTo(2);
    assertThat(refusal.description()).contains("there is no DataSource");
    assertThat(refusal.action()).contains("schema-guard.url");
  }

  @Test
  void theDatabaseOfTheSettingsIsAsked() {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    Contexts.withoutDatabase()
        .withPropertyValues(
            "schema-guard.mode=strict",
            "schema-guard.url=" + database.url(),
            "schema-guard.username=sa",
            "schema-guard.password=")
        .run(
            context ->
                assertThat(
                        context.getBean(SchemaGuards.class).byName().get("").status().verdict())
                    .isEqualTo(Verdict.UP_TO_DATE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flyway", "liquibase"})
  void theDatabaseOfTheMigratorsSettingsIsAsked(String tool) {
    String migrator = "spring." + tool;
    SchemaGuardStartupException refusal =
        refusal(
            "schema-guard.mode=strict",
            "schema-guard.matrix=classpath:shop/" + tool + "-old/compatibility.md",
            migrator + ".url=" + database.url(),
            migrator + ".user=sa",
            migrator + ".enabled=false");

    assertThat(refusal.getExitCode()).isEqualTo(7);
    assertThat(refusal.description()).contains("SA@h2:mem:", "(" + tool + ")");
  }

  @Test
  void aWrongPasswordShowsUserAndDatabase() throws SQLException {
    database.execute("CREATE TABLE T (ID INT)");
    SchemaGuardStartupException refusal =
        refusal(
            "schema-guard.mode=strict",
            "schema-guard.url=" + database.url(),
            "schema-guard.username=nobody",
            "schema-guard.password=secret");

    assertThat(refusal.getExitCode()).isEqualTo(8);
    assertThat(refusal.description()).contains("database  nobody@h2:mem:").doesNotContain("secret");
  }

  @Test
  void urlAndDataSourceContradictEachOther() {
    assertThat(
            refusal(
                    "schema-guard.guards.one.url=" + database.url(),
                    "schema-guard.guards.one.data-source=orders")
                .description())
        .contains("schema-guard.guards.one.url");
  }
}
