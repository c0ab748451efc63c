// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.StructureEvidence;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.Verdict;
import java.sql.SQLException;
import java.util.List;

/**
 * Adds what the schema looks like to assessments, if there is a schema file. Immutable.
 *
 * <p>Without a schema file, nothing that compares is loaded.
 *
 * @param compares whether anything is compared
 * @param enforced whether a difference changes the verdict
 * @param ofTenant whether the schema of the history is that of a tenant, and so must have the
 *     tables
 */
public record StructureCheck(boolean compares, boolean enforced, boolean ofTenant) {

  /**
   * Returns the assessment together with the structure of the schema, if the history has everything
   * that is required.
   *
   * @throws ConfigurationException if the schema file cannot be read
   */
  Assessment on(DatabaseSession session, Assessment assessment) throws SQLException {
    Verdict verdict = assessment.verdict();
    boolean isComplete =
        verdict == Verdict.UP_TO_DATE
            || verdict == Verdict.BEHIND_COMPATIBLE
            || verdict == Verdict.AHEAD_COMPATIBLE
            || verdict == Verdict.AHEAD_UNKNOWN
            || verdict == Verdict.AHEAD_INCOMPATIBLE;
    return isComplete ? compare(session, assessment) : assessment;
  }

  /** Returns the assessment together with the structure, also if something required is pending. */
  Assessment beforeMigration(DatabaseSession session, Assessment assessment) throws SQLException {
    return assessment.verdict() == Verdict.BEHIND
        ? compare(session, assessment)
        : on(session, assessment);
  }

  private Assessment compare(DatabaseSession session, Assessment assessment) throws SQLException {
    if (!compares || !(assessment.reading() instanceof History)) {
      return assessment;
    }
    CompatibilityMatrix matrix = assessment.assessor().matrix();
    if (matrix.hasSchemaFile(session.dbms())) {
      return assessment.withStructure(new StructureReading(session, assessment, this).evidence());
    }
    List<String> others = matrix.schemaFileProducts();
    return others.isEmpty()
        ? assessment
        : assessment.withStructure(
            StructureEvidence.notComparable(
                "there is one for "
                    + String.join(", ", others)
                    + ", and this database is "
                    + session.dbms(),
                enforced));
  }
}
