// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The grid of a database that is at several revisions at once. */
class GridOfHeadsTest {

  @Test
  void everyHeadIsMarked() throws SQLException {
    TestDatabase database = H2.database();
    database.execute(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)",
        "INSERT INTO alembic_version VALUES ('b2'), ('c3')");
    CompatibilityMatrix matrix =
        CompatibilityMatrix.ofChain(
            RevisionChain.parse("a1\tparents=\nb2\tparents=a1\nc3\tparents=a1\n", "revisions.txt"));
    MigrationStatus status =
        SchemaGuard.builder(database.dataSource())
            .matrix(matrix)
            .environment(variable -> null)
            .build()
            .check();

    String page = StatusPage.of(CompatibilityGrid.of(matrix), status);

    assertThat(status.currentRevision()).isEqualTo("b2, c3");
    assertThat(page)
        .contains("class=\"here\"><span>b2<", "class=\"here\"><span>c3<")
        .doesNotContain("in none of these columns");
  }
}
