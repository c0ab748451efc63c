// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Structure.Result;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A catalog that shows only what the role may use does not prove that unknown revisions are fine.
 */
@RequiresMariaDb
class HiddenStructureTest {

  private static final String MATRIX =
      """
      Unknown ahead: intact

      | App version | Expected |
      |-------------|----------|
      | current     | head     |
      """;

  private final TestDatabase database = MariaDb.database();
  private final String schema = database.name();
  private final String role = "hidden" + schema;

  @BeforeEach
  void migrate() throws SQLException {
    FlywayRun.of(database.dataSource())
        .script("V1__orders", "CREATE TABLE orders (id integer PRIMARY KEY)")
        .script("V2__tax", "ALTER TABLE orders ADD COLUMN tax integer NOT NULL")
        .migrate();
    database.execute("CREATE USER %s IDENTIFIED BY '%s'".formatted(role, role));
  }

  private MigrationStatus check() {
    CompatibilityMatrix matrix =
        CompatibilityMatrix.parse(MATRIX, RevisionChain.parse("1", "revisions.txt"))
            .withSchemaFile(
                "mariadb", "table orders\n  id int not null\n  key (id)\n", "schema.mariadb.txt");
    return SchemaGuard.builder(database.as(role, role)).matrix(matrix).build().check();
  }

  @Test
  void aRoleThatSeesSomeColumnsCannotTell() throws SQLException {
    database.execute(
        "GRANT SELECT ON %s.flyway_schema_history TO %s".formatted(schema, role),
        "GRANT SELECT (id) ON %s.orders TO %s".formatted(schema, role));

    MigrationStatus status = check();

    assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
    assertThat(status.compatible()).isFalse();
    assertThat(status.structure().result()).isEqualTo(Result.NOT_COMPARABLE);
  }

  @Test
  void aRoleThatSeesTheSchemaSeesTheColumnThatEveryInsertHasToName() throws SQLException {
    database.execute("GRANT SELECT ON %s.* TO %s".formatted(schema, role));

    MigrationStatus status = check();

    assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    assertThat(status.structure().newlyRequired()).containsExactly("orders.tax");
  }
}
