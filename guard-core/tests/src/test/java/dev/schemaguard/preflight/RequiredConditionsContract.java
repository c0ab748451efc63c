// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight.Decision;
import dev.schemaguard.preflight.Preflight.Requirement;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a preflight answers about the conditions of the matrix document, on one database. */
abstract class RequiredConditionsContract {

  private static final RevisionChain CHAIN =
      RevisionChain.parse("0001\n0002\n0003\n0004\n", "revisions.txt");

  abstract TestDatabase database();

  /** A database at 0001 of golang-migrate, with orders of which one lacks its total. */
  private TestDatabase atOne() throws SQLException {
    TestDatabase database = database();
    database.execute(
        "CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT"
            + " NULL)",
        "INSERT INTO schema_migrations VALUES (1, false)",
        "CREATE TABLE orders (id int PRIMARY KEY, total int)",
        "INSERT INTO orders VALUES (1, 5)",
        "INSERT INTO orders VALUES (2, NULL)");
    return database;
  }

  final Preflight preflight(TestDatabase database, String... rows) {
    StringBuilder document =
        new StringBuilder("| App version | Expected |\n|---|---|\n| current | head |\n\n");
    document.append("| Revision | Requires |\n|---|---|\n");
    for (String row : rows) {
      document.append("| ").append(row).append(" |\n");
    }
    try (SchemaGuard guard =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.parse(document.toString(), CHAIN))
            .timeout(Duration.ofSeconds(8))
            .build()) {
      return guard.preflight();
    }
  }

  private Requirement only(String query) throws SQLException {
    Preflight preflight = preflight(atOne(), "0003 | text: `" + query + "`");
    assertThat(preflight.requires()).hasSize(1);
    Requirement requirement = preflight.requires().get(0);
    assertThat(preflight.go()).isEqualTo(!requirement.isUnmet());
    return requirement;
  }

  @Test
  void aConditionThatDoesNotHoldStagesTheMigration() throws SQLException {
    TestDatabase database = atOne();
    String row =
        "0003 | all orders have a total: `SELECT count(*) = 0 FROM orders WHERE total IS NULL`";

    Preflight before = preflight(database, row);

    assertThat(before.go()).isFalse();
    assertThat(before.exitCode()).isEqualTo(11);
    assertThat(before.decision()).isEqualTo(Decision.STAGED);
    assertThat(before.stopsAt()).isEqualTo("0003");
    assertThat(before.reason()).startsWith("0003 has to wait for: all orders have a total (");
    assertThat(before.actions())
        .containsExactly("migrate up to 0002 only, and the rest once this holds");
    assertThat(before.toJson())
        .contains("\"decision\": \"staged\",\n  \"stops_at\": \"0003\",\n  \"requires\": [")
        .contains("\"text\": \"all orders have a total\"", "\"holds\": false");

    database.execute("UPDATE orders SET total = 0 WHERE total IS NULL");
    Preflight after = preflight(database, row);

    assertThat(after.go()).isTrue();
    assertThat(after.exitCode()).isZero();
    assertThat(after.requires().get(0).holds()).isTrue();
    assertThat(after.toJson()).contains("\"holds\": true,\n      \"reason\": null");
  }

  @Test
  void onlyConditionsOfPendingRevisionsAreAskedInTheirOrder() throws SQLException {
    Preflight preflight =
        preflight(
            atOne(),
            "0004 | last: `SELECT 1 = 2`",
            "0001 | applied: `SELECT 1 = 2`",
            "0002 | first: `SELECT 1 = 2`");

    assertThat(preflight.requires())
        .extracting(Requirement::revision)
        .containsExactly("0002", "0004");
    assertThat(preflight.stopsAt()).isEqualTo("0002");
    assertThat(preflight.actions())
        .containsExactly("migrate once this holds; nothing that is pending comes before it");
  }

  @Test
  void whatIsNotOneTrueValueDoesNotHold() throws SQLException {
    assertThat(only("SELECT 1 = 1 FROM orders").reason())
        .isEqualTo("the query gives 2 rows, not one value");
    assertThat(only("SELECT 1 = 1 FROM orders WHERE id = 7").reason())
        .isEqualTo("the query gives no row, not one value");
    assertThat(only("SELECT 1 = 1, 2 = 2 FROM orders WHERE id = 1").reason())
        .isEqualTo("the query gives 2 columns, not one value");
    assertThat(only("SELECT max(total) = 5 FROM orders WHERE id = 2").reason())
        .startsWith("the query gives NULL, not true or false");
    assertThat(only("SELECT 'true' FROM orders WHERE id = 1").reason())
        .startsWith("the query gives 'true', not true or false");
    assertThat(only("SELECT sum(total) FROM orders").reason())
        .startsWith("the query gives '5', not true or false");
  }

  @Test
  void aQueryThatFailsDoesNotHold() throws SQLException {
    Requirement requirement = only("SELECT count(*) = 0 FROM not_there");

    assertThat(requirement.holds()).isFalse();
    assertThat(requirement.reason())
        .startsWith("the query failed: ")
        .containsIgnoringCase("not_there");
  }

  /** The query of a condition fails on a new database, which has no data to migrate. */
  @Test
  void aNewDatabaseNeedsNoTableOfACondition() throws SQLException {
    Preflight preflight = preflight(database(), "0003 | `SELECT count(*) = 0 FROM orders`");

    assertThat(preflight.go()).as(preflight.reason()).isTrue();
    assertThat(preflight.requires().get(0).holds()).isNull();
    assertThat(preflight.toJson()).contains("\"holds\": null");
  }

  @Test
  void aConditionThatIsFalseOnANewDatabaseCounts() throws SQLException {
    assertThat(preflight(database(), "0003 | `SELECT 1 = 2`").exitCode()).isEqualTo(11);
  }
}
