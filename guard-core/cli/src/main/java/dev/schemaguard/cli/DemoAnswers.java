// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.build.rolling.RollingUpgrade;
import dev.schemaguard.build.rolling.UpgradePlan;
import dev.schemaguard.build.rolling.UpgradeSide;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight.Decision;
import dev.schemaguard.status.MigrationStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The end of the demo: what the history of a database does not tell.
 *
 * @param chain the chain of the sample application
 * @param document its matrix
 * @param schemaFile its schema file for H2
 * @param database the migrated database
 */
record DemoAnswers(
    Output output, RevisionChain chain, String document, String schemaFile, DataSource database) {

  private static final String VERSION = "0.6.1";

  void tell() throws SQLException {
    output.print("Three answers that the history does not give:\n");
    drifted();
    aheadButIntact();
    rolling();
  }

  private void drifted() throws SQLException {
    output.print("1. A table is lost, by hand or by a restore. The history still claims it:");
    execute("ALTER TABLE RATE_LIMITS RENAME TO LOST");
    MigrationStatus status = guard(document).check();
    answer(
        status.compatible(),
        status.verdict() + ": " + (status.structure() == null ? "" : status.structure().text()));
    execute("ALTER TABLE LOST RENAME TO RATE_LIMITS");
  }

  private void aheadButIntact() throws SQLException {
    output.print("2. A later release has migrated, and " + VERSION + " comes back. Is all there?");
    execute("CREATE TABLE AUDIT (ID INT PRIMARY KEY)");
    execute(
        "INSERT INTO DATABASECHANGELOG SELECT '0013_add_audit', AUTHOR, 'db/0013.yaml',"
            + " DATEEXECUTED, ORDEREXECUTED + 1, EXECTYPE, MD5SUM, DESCRIPTION, COMMENTS, TAG,"
            + " LIQUIBASE, CONTEXTS, LABELS, DEPLOYMENT_ID FROM DATABASECHANGELOG"
            + " ORDER BY ORDEREXECUTED DESC FETCH FIRST ROW ONLY");
    MigrationStatus status =
        guard(document.replace("Unknown ahead: refused", "Unknown ahead: intact")).check();
    answer(
        status.compatible(),
        "0013_add_audit is unknown to "
            + VERSION
            + ", but its schema is intact (Unknown ahead: intact)");
  }

  private void rolling() {
    output.print("3. May two versions run at the same time during an upgrade?");
    for (String[] upgrade : new String[][] {{"0.6.0", "0.6.1"}, {"0.5.0", "0.6.0"}}) {
      CompatibilityMatrix matrix = CompatibilityMatrix.parse(document, chain);
      UpgradePlan plan =
          RollingUpgrade.of(
                  UpgradeSide.of(matrix, upgrade[0], false),
                  UpgradeSide.of(matrix, upgrade[1], false))
              .plan();
      answer(
          plan.decision() == Decision.ROLLING,
          upgrade[0] + " to " + upgrade[1] + ", " + plan.decision() + ": " + plan.reason());
    }
  }

  private void answer(boolean good, String text) {
    output.printAnswer(good, "   " + (good ? "✔ " : "✖ ") + text);
  }

  private SchemaGuard guard(String matrix) {
    return SchemaGuard.builder(database)
        .matrix(
            CompatibilityMatrix.parse(matrix, chain)
                .withSchemaFile("h2", schemaFile, "schema.h2.txt"))
        .applicationVersion(VERSION)
        .environment(name -> null)
        .build();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
