// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which release of Liquibase finds changesets again that were recorded with a folder in front. */
class PackagedPathsTest {

  private static final int UNSEEN = 7;

  private final TestDatabase database = H2.database();

  @BeforeEach
  void migrate() {
    LiquibaseRun.ofChangesets(database.dataSource(), "db/a.xml", "1", "2").update();
  }

  @ParameterizedTest
  @CsvSource({
    "BOOT-INF/classes/, 4.2.2, 7",
    "BOOT-INF/classes/, 4.3.0, 0",
    "BOOT-INF/classes/, 4.16.1, 0",
    "BOOT-INF/classes/, 4.17.0, 7",
    "WEB-INF/classes/, 4.16.1, 0",
    "classpath:BOOT-INF/classes/, 4.33.0, 7",
    "/WEB-INF/classes/, 4.33.0, 7",
    "classpath*:, 4.16.1, 7",
    "lib/BOOT-INF/classes/, 4.33.0, 0",
  })
  void isThatOfTheYearsInWhichItRecordedSuchPaths(String prefix, String release, int exitCode)
      throws SQLException {
    database.execute(
        "UPDATE DATABASECHANGELOG SET FILENAME = '%sdb/a.xml', LIQUIBASE = '%s'"
            .formatted(prefix, release));

    assertThat(exitCode(prefix.startsWith("lib") ? prefix : "")).isEqualTo(exitCode);
  }

  @Test
  void isThatOfTheNewestRow() throws SQLException {
    database.execute(
        "UPDATE DATABASECHANGELOG SET FILENAME = 'BOOT-INF/classes/db/a.xml', LIQUIBASE = '4.33.0'",
        "UPDATE DATABASECHANGELOG SET LIQUIBASE = '4.10.0' WHERE ID = '1'");
    assertThat(exitCode("")).isEqualTo(UNSEEN);

    database.execute(
        "UPDATE DATABASECHANGELOG SET LIQUIBASE = CASE ID WHEN '1' THEN '4.33.0' ELSE '4.10.0' END");
    assertThat(exitCode("")).isZero();
  }

  @Test
  void isNotKnownFromATableWithoutTheColumn() throws SQLException {
    database.execute(
        "UPDATE DATABASECHANGELOG SET FILENAME = 'BOOT-INF/classes/db/a.xml'",
        "ALTER TABLE DATABASECHANGELOG DROP COLUMN LIQUIBASE");

    assertThat(exitCode("")).isEqualTo(UNSEEN);
  }

  private int exitCode(String prefix) {
    String chain = "%1$sdb/a.xml::1::tester\n%1$sdb/a.xml::2::tester\n".formatted(prefix);
    try (SchemaGuard guard =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt")))
            .environment(variable -> null)
            .build()) {
      return guard.preflight().exitCode();
    }
  }
}
