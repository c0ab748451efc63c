// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** A driver that calls MariaDB's databases schemas, because its URL says so. */
@RequiresMariaDb
class MariaDbSchemaTermTest {

  private static final String PATH = "db/changelog/master.xml";

  private final TestDatabase catalogs = MariaDb.database();
  private final TestDatabase schemas = catalogs.withUrl(catalogs.url() + "?useCatalogTerm=SCHEMA");

  @Test
  void theHistoryIsRead() {
    LiquibaseRun.ofChangesets(catalogs.dataSource(), PATH, "a").update();

    assertThat(guard().build().check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aFreshDatabaseIsFresh() {
    assertThat(guard().build().check().verdict()).isEqualTo(Verdict.UNINITIALIZED);
    assertThat(guard().build().preflight().go()).isTrue();
  }

  @Test
  void tenantsAreListed() {
    LiquibaseRun.ofChangesets(catalogs.dataSource(), PATH, "a").update();
    String name = catalogs.url().replaceFirst(".*/", "");

    assertThat(guard().tenants(Tenants.schemas(name + "%")).build().check().tenants().count())
        .isPositive();
  }

  private SchemaGuardBuilder guard() {
    return SchemaGuard.builder(schemas.dataSource())
        .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(PATH + "::a::tester\n", "chain")))
        .environment(variable -> null);
  }
}
