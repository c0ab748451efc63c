// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.servlet.SchemaGuardFilter;
import dev.schemaguard.servlet.SchemaGuardListener;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is missing or misspelt is named in the container's own log, and the context fails. */
@ParameterizedClass
@EnumSource(Container.class)
class MissingTest {

  @Parameter Container container;
  @TempDir Path folder;
  private final TestDatabase database = H2.database();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "schema-guard.mod | strict | the nearest is schema-guard.mode",
        "schema-guard.mode | strickt | Write one of warn, strict",
        "schema-guard.timeout | soon | Write a duration",
        "schema-guard.timeout | -PT5S | context parameter schema-guard.timeout",
        "schema-guard.wait-timeout | PT-1S | context parameter schema-guard.wait-timeout",
        "schema-guard.details | maybe | Write true or false",
        "schema-guard.on-refusal | stop | Write one of fail, serve-503, halt",
        "schema-guard.pages | readyz, status | The pages are ops, readyz, healthz, version",
        "schema-guard.pages | ops=migrations | is not a path of a page",
        "schema-guard.pages | ops=/app | the path /app is another servlet's already",
        "schema-guard.tool | rails | Write one of auto, liquibase, flyway, alembic, golang-migrate, table",
        "schema-guard.failed-when | NOT ok | Set tool to table",
        "schema-guard.rows-where | n > 0 | Set tool to table",
        "schema-guard.rows-hold | newest | Set tool to table",
        "schema-guard.data-source | jdbc/nowhere | java:comp/env/jdbc/nowhere' or 'jdbc/nowhere'",
        "schema-guard.data-source | ldap://evil/x | is not a JNDI name of this container",
        "schema-guard.matrix | classpath:no.md | schema-guard.matrix",
        "schema-guard.access | com.example.Nobody | 'com.example.Nobody' cannot be used",
      })
  void aSettingThatCannotBeUsedIsNamed(String parameter, String value, String told) {
    String log = logOf(WebApp.statewave(folder).with(parameter, value).guarded(database), false);
    assertThat(log).contains(told).contains(parameter);
  }

  @Test
  void whatDescribesTheTableOfAnotherToolIsNamedWhereItIsMissing() {
    String log =
        logOf(WebApp.statewave(folder).with("schema-guard.tool", "table").guarded(database), false);
    assertThat(log).contains("context parameter schema-guard.table", "revision-column");
  }

  @Test
  void theDataSourceIsNamedWithWhereToPutIt() {
    String log = logOf(WebApp.statewave(folder).listener(SchemaGuardListener.class), false);
    assertThat(log)
        .contains("context parameter schema-guard.data-source")
        .contains("attribute javax.sql.DataSource");
  }

  @Test
  void tenantsBesideTheOneSchemaAreNamed() {
    String log =
        logOf(
            WebApp.statewave(folder)
                .with("schema-guard.schemas", "tenant_%")
                .with("schema-guard.schema", "PUBLIC")
                .guarded(database),
            false);
    assertThat(log)
        .contains("parameter schema-guard.schemas", "schema-guard.schema is set as well");
  }

  @Test
  void theListenerIsNamedWhereOnlyTheFilterIsDeclared() {
    String log = logOf(WebApp.statewave(folder).filter(SchemaGuardFilter.class), false);
    assertThat(log).contains("Declare the listener " + SchemaGuardListener.class.getName());
  }

  @Test
  void whatTheApplicationsOwnGuardSaysCannotBeSaidAgain() {
    String log =
        logOf(
            WebApp.bare(folder)
                .with("schema-guard.mode", "strict")
                .publishing(Statewave.guard(database.dataSource(), "0.6.0").build())
                .listener(SchemaGuardListener.class),
            false);
    assertThat(log).contains("schema-guard.mode", "holds a guard that is built already");
  }

  @Test
  void aVersionThatNothingTellsIsNamedWithItsThreePlaces() {
    Statewave.update(database.dataSource(), 12);
    String log = logOf(WebApp.statewave(folder).guarded(database), true);
    assertThat(log)
        .contains("schema-guard.application-version", "/META-INF/MANIFEST.MF", "/META-INF/maven/");
  }

  /** What everybody logs while the application starts. */
  private String logOf(WebApp web, boolean available) {
    try (EveryLog log = new EveryLog();
        RunningApp app = web.in(container)) {
      assertThat(app.isAvailable().getAsBoolean()).isEqualTo(available);
      return log.text();
    }
  }
}
