// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables Revision | Requires of the matrix document. */
class ConditionsTest {

  private static final RevisionChain CHAIN =
      Documents.chain("0001_orders", "0002_total", "0003_require_total", "0004_drop_old");
  private static final String MATRIX =
      "| App version | Expected |\n|---|---|\n| current | head |\n\n";
  private static final String HEADER = "| Revision | Requires |\n|---|---|\n";

  private final List<ConfigurationException> errors = new ArrayList<>();

  private List<Revision.Condition> conditions(String table) {
    return CompatibilityMatrix.parse(MATRIX + table, CHAIN).conditions(errors::add);
  }

  private String error(String table) {
    assertThat(conditions(table)).as("what is left").isEmpty();
    assertThat(errors).hasSize(1);
    return errors.get(0).getMessage();
  }

  private static String row(String cell) {
    return HEADER + "| 0003 | " + cell + " |\n";
  }

  @Test
  void aCellIsTextWithOneQuery() {
    List<Revision.Condition> read =
        conditions(
            HEADER
                + "| 0003 | All orders have a total: `SELECT NOT EXISTS (SELECT 1 FROM orders)` |\n"
                + "| `0004_drop_old` | `with a as (select 1) select true from a;` |\n");

    assertThat(errors).isEmpty();
    assertThat(read)
        .containsExactly(
            new Revision.Condition(
                "0003_require_total",
                "All orders have a total",
                "SELECT NOT EXISTS (SELECT 1 FROM orders)",
                "compatibility.md:7"),
            new Revision.Condition(
                "0004_drop_old",
                "with a as (select 1) select true from a",
                "with a as (select 1) select true from a",
                "compatibility.md:8"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '#',
      value = {
        "`SELECT a \\|\\| b = 'xy' FROM t` ~ SELECT a || b = 'xy' FROM t",
        "``SELECT `a` = 1 FROM `t` `` ~ SELECT `a` = 1 FROM `t`",
        "no `total` is missing: `SELECT true` ~ SELECT true",
        "run `UPDATE t SET x = 1` until `SELECT true` ~ SELECT true",
        "`SELECT true;  ;` ~ SELECT true",
        "`SELECT a = '\\d' /* why */ FROM t` ~ ",
        "`SELECT /* why */ true` ~ SELECT /* why */ true",
        "`(SELECT true)` ~ (SELECT true)",
        "`SELECT count(*) = 0 FROM t WHERE x IS NULL` ~ SELECT count(*) = 0 FROM t WHERE x IS NULL",
      })
  void theQueryIsTakenAsItIsWritten(String cell, String sql) {
    List<Revision.Condition> read = conditions(row(cell));

    if (sql == null) {
      assertThat(errors).hasSize(1);
      assertThat(errors.get(0).reason()).contains("databases read ''' in it differently");
    } else {
      assertThat(errors).isEmpty();
      assertThat(read).extracting(Revision.Condition::sql).containsExactly(sql);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '#',
      value = {
        "all orders have a total ~ has no query in backticks",
        " ~ has no query in backticks",
        "`UPDATE orders SET total = 0` ~ 'UPDATE orders SET total = 0' is not a query",
        "`SELECT true` and `SELECT false` ~ has 2 queries",
        "`SELECT true; DROP TABLE orders` ~ it has several statements",
        "`WITH a AS (DELETE FROM t RETURNING 1) SELECT true` ~ it may write, by 'DELETE'",
        "`SELECT true FROM t FOR UPDATE` ~ it may write, by 'UPDATE'",
        "`SELECT count(*) FROM t WHERE x IS NULL` ~ gives a number",
        "`SELECT a | b FROM t` ~ the row has 3 cell(s), the header 2",
        "`SELECT true ~ has no query in backticks",
        "`SELECT\u200b true` ~ holds an invisible character",
      })
  void anythingElseIsAnErrorThatNamesItsLine(String cell, String reason) {
    assertThat(error(row(cell == null ? "" : cell)))
        .startsWith("compatibility.md:7: ")
        .contains(reason);
  }

  @Test
  void aRevisionMustBeInTheChain() {
    assertThat(error(HEADER + "| 0003_require_totl | `SELECT true` |\n"))
        .startsWith("compatibility.md:7: ")
        .contains("0003_require_total");
    errors.clear();
    assertThat(error(HEADER + "| | `SELECT true` |\n")).contains("the row names no revision");
  }

  @Test
  void aRevisionHasOneCondition() {
    assertThat(conditions(row("`SELECT true`") + "| 0003_require_total | `SELECT 1 = 1` |\n"))
        .hasSize(1);
    assertThat(errors).singleElement().asString().contains("compatibility.md:8", ":7", "already");
  }

  @Test
  void withoutAChainARevisionIsUnknown() {
    CompatibilityMatrix.parse(
            "| App version | Expected |\n|---|---|\n| 1 | x |\n\n" + row("`SELECT true`"), null)
        .conditions(errors::add);

    assertThat(errors).singleElement().asString().contains("without a chain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| Revision | Required |\n|---|---|\n",
        "| Migration | Requires |\n|---|---|\n",
        "| **Revision** | Requires |\n|---|---|\n",
      })
  void aQueryUnderOtherHeadersIsNotIgnored(String header) {
    assertThat(error(header + "| 0003 | `SELECT true` |\n")).contains("Revision and Requires");
  }

  @Test
  void aQueryOutsideOfItsTableIsNotIgnored() {
    assertThat(conditions(row("`SELECT true`") + "\n| 0004_drop_old | text: `SELECT true` |\n"))
        .hasSize(1);
    assertThat(errors).singleElement().asString().contains("compatibility.md:9", "no table");
  }

  @Test
  void proseAboutRequirementsIsProse() {
    assertThat(conditions("| Component | Requires |\n|---|---|\n| api | `java 17` |\n")).isEmpty();
    assertThat(errors).isEmpty();
  }

  @Test
  void moreColumnsAreComments() {
    assertThat(
            conditions(
                "| Note | Requires | REVISION |\n|---|---|---|\n| a | `SELECT true` | 0003 |\n"))
        .extracting(Revision.Condition::revision)
        .containsExactly("0003_require_total");
  }
}
