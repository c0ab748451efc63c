// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.spring.SchemaGuardStartupException;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting without a meaning stops the start, whatever the mode, with its own name. */
class ConfigurationErrorsTest {

  private static final int CONFIGURATION = 2;

  private final TestDatabase database = H2.database();

  private SchemaGuardStartupException refusal(String... settings) {
    SchemaGuardStartupException[] refusal = new SchemaGuardStartupException[1];
    Contexts.with(database)
        .withPropertyValues(settings)
        .run(context -> refusal[0] = Contexts.refusal(context.getStartupFailure()));
    assertThat(refusal[0].getExitCode()).isEqualTo(CONFIGURATION);
    assertThat(refusal[0].description()).contains("[GUARD-CONFIGURATION]");
    return refusal[0];
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "schema-guard.mode=strct | schema-guard.mode | 'strct' cannot be used | warn, strict",
        "schema-guard.on-unreachable=maybe | schema-guard.on-unreachable | 'maybe' | warn, strict",
        "schema-guard.tool=ant | schema-guard.tool | 'ant' | auto, liquibase, flyway, alembic, golang-migrate, table",
        "schema-guard.tool=table | schema-guard.table | settings table and revision-column | such as",
        "schema-guard.applied-when=ok | schema-guard.applied-when | not known here | Set tool to table",
        "schema-guard.guards.a.order-column=id | schema-guard.guards.a.order-column | the tool is auto | Set tool to table",
        "schema-guard.only=chek | schema-guard.only | 'chek' | check, wait",
        "schema-guard.timeout=-1s | schema-guard.timeout | PT-1S | PT10S",
        "schema-guard.timeout=soon | schema-guard.timeout | 'soon' | 10s",
        "schema-guard.wait-timeout=-5m | schema-guard.wait-timeout | PT-5M | PT10S",
        "schema-guard.refresh-interval=0s | schema-guard.refresh-interval | PT0S | PT10S",
        "schema-guard.data-source=nobody | schema-guard.data-source | 'nobody' is no | bean",
        "schema-guard.matrix=/no/such.md | schema-guard.matrix | /no/such.md | Name a document",
        "schema-guard.matrix=classpath:no.md | schema-guard.matrix | classpath:no.md | in the",
        "schema-guard.revisions=classpath:no.txt | schema-guard.revisions | no.txt | in the",
        "schema-guard.revisions=chain.txt | schema-guard.revisions | chain.txt | matrix too",
        "schema-guard.mdoe=strict | schema-guard.mdoe | no such setting | mode",
        "schema-guard.guards.a.mdoe=strict | schema-guard.guards.a.mdoe | no such setting | mode",
        "schema-guard.guards.a.timeout=-1s | schema-guard.guards.a.timeout | PT-1S | PT10S",
        "SCHEMA_GUARD_STRICT=perhaps | environment variable SCHEMA_GUARD_STRICT | 'perhaps' is neither | Set it to 1",
      })
  void namesTheSetting(String setting, String name, String why, String action) {
    SchemaGuardStartupException refusal = refusal(setting);

    assertThat(refusal.description()).contains("where     " + name, why);
    assertThat(refusal.action()).contains(action);
  }

  @Test
  void severalDataSourcesOfWhichNoneIsPrimaryAreNamed() {
    Contexts.with(database)
        .withBean("otherDataSource", DataSource.class, () -> H2.database().dataSource())
        .run(
            context ->
                assertThat(Contexts.refusal(context.getStartupFailure()).description())
                    .contains(
                        "where     schema-guard.data-source",
                        "none is primary: dataSource, otherDataSource"));
  }

  @Test
  void strictWithoutMatrixOrChainIsRefused() {
    Hidden.with(database)
        .withPropertyValues("schema-guard.mode=strict")
        .run(
            context ->
                assertThat(Contexts.refusal(context.getStartupFailure()).description())
                    .contains("neither schema-guard/compatibility.md nor"));
  }
}
