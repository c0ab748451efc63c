// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.StatementLimit;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight.Requirement;
import dev.schemaguard.status.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the queries of the matrix document that must give true before pending revisions are applied.
 * Each runs in a read-only transaction if the database supports one, and within half of the time
 * that is left. Used by one thread.
 *
 * @param session the session on the database
 * @param assessment its assessment, which says what is pending
 */
record RequiredConditions(DatabaseSession session, Assessment assessment) {

  /** What a query gave: its rows and columns, and the value if there is one. */
  private static final class Result {
    private int rows;
    private int columns;
    private @Nullable Object value;

    void take(ResultSet row) throws SQLException {
      if (rows++ == 0) {
        columns = row.getMetaData().getColumnCount();
        value = row.getObject(1);
      }
    }
  }

  /**
   * Returns the conditions of the pending revisions in the order in which these are applied, and
   * whether each holds. A query that fails, or does not give one true value, does not hold.
   *
   * @throws ConfigurationException if a condition of the document cannot be used
   * @throws SQLException if the connection broke
   */
  List<Requirement> ask() throws SQLException {
    CompatibilityMatrix matrix = assessment.assessor().matrix();
    List<Revision.Condition> conditions =
        matrix.conditions(
            error -> {
              throw error;
            });
    List<Requirement> asked = new ArrayList<>();
    if (conditions.isEmpty()) {
      return asked;
    }
    RevisionChain chain = matrix.chain().orElseThrow();
    for (String pending : assessment.comparison().pending()) {
      for (Revision.Condition condition : conditions) {
        int line = chain.indexOfName(condition.revision());
        if (line >= 0 && chain.displayName(chain.revision(line)).equals(pending)) {
          asked.add(ask(pending, condition));
        }
      }
    }
    return asked;
  }

  private Requirement ask(String revision, Revision.Condition condition) throws SQLException {
    StatementLimit limit = session.halfOfTheTime();
    try (limit) {
      Result result = new Result();
      session.forEachReadOnly(condition.sql(), result::take);
      String objection = objection(result);
      return requirement(revision, condition, objection.isEmpty(), objection);
    } catch (SQLException e) {
      limit.close();
      session.recoverFrom(e);
      if (limit.hasPassed()) {
        return requirement(
            revision,
            condition,
            false,
            "the query did not answer within " + limit.millis() + " ms");
      }
      return isNew() && session.meaning(e).isUndefinedTable()
          ? requirement(revision, condition, null, "the database is new and lacks the table")
          : requirement(revision, condition, false, "the query failed: " + Database.message(e));
    }
  }

  /** Returns whether the database has no history, so that there is no data to migrate. */
  private boolean isNew() {
    return assessment.verdict() == Verdict.UNINITIALIZED;
  }

  /** Returns why a result is not one true value; empty if it is. */
  private String objection(Result result) {
    if (result.rows != 1) {
      return "the query gives "
          + (result.rows == 0 ? "no row" : result.rows + " rows")
          + ", not one value";
    }
    if (result.columns != 1) {
      return "the query gives " + result.columns + " columns, not one value";
    }
    Object value = result.value;
    if (value instanceof Boolean truth) {
      return truth ? "" : "the query gives false";
    }
    boolean numbers = !session.dialect().hasBooleans();
    if (numbers && value instanceof Number number) {
      double exact = number.doubleValue();
      if (exact == 1 || exact == 0) {
        return exact == 1 ? "" : "the query gives 0, which is false";
      }
    }
    return "the query gives "
        + (value == null ? "NULL" : "'" + value + "'")
        + (numbers ? ", not true or false, 1 or 0" : ", not true or false");
  }

  private static Requirement requirement(
      String revision, Revision.Condition condition, @Nullable Boolean holds, String reason) {
    return new Requirement(revision, condition.text(), condition.sql(), holds, reason);
  }
}
