// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.status.Verdict;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Reads a history and assesses it, together with what surrounds it.
 *
 * @param migration who migrates the database
 * @param assumeNew whether the database counts as new whatever other histories it has
 * @param structure compares the schema with the schema file
 */
record HistoryAssessment(
    HistoryAccess history, MigrationOwner migration, boolean assumeNew, StructureCheck structure) {

  /** Returns the assessment of the history. */
  Assessment assess(DatabaseSession session, Assessor assessor) throws SQLException {
    return structure.on(session, assess(session, assessor, history.read(session)));
  }

  /**
   * Returns the assessment before the application migrates. The schema is compared only if it
   * decides about revisions that are unknown to this version: a migration may repair it.
   */
  Assessment beforeMigration(DatabaseSession session, Assessor assessor) throws SQLException {
    Assessment assessment = assess(session, assessor, readToMigrate(session));
    return (assessment.isAnyUnknownAhead()
            ? structure.beforeMigration(session, assessment)
            : assessment)
        .beforeMigration();
  }

  /**
   * Reads the history before a migration. If the migrator creates the schema itself, a missing
   * schema counts as an empty one.
   */
  private HistoryResult readToMigrate(DatabaseSession session) throws SQLException {
    HistoryResult reading = history.read(session);
    return migration.createsSchema()
            && reading instanceof Unreadable missing
            && missing.cause() == Cause.SCHEMA
        ? new Absent(missing.place())
        : reading;
  }

  /**
   * Assesses what was read. An up-to-date history is accepted as it is; any other result may have a
   * cause outside the history.
   */
  private Assessment assess(DatabaseSession session, Assessor assessor, HistoryResult reading)
      throws SQLException {
    Assessment assessment = assessor.assess(reading);
    if (assessment.verdict() == Verdict.UP_TO_DATE) {
      return assessment;
    }
    Optional<Unreadable> hidden = history.hiddenRows(session, reading);
    if (hidden.isPresent()) {
      return assessor.assess(hidden.get());
    }
    if (assessment.verdict() == Verdict.UNINITIALIZED) {
      return assessment.beside(history.surroundings(session, reading), assumeNew);
    }
    return assessment.comparison().ahead().isEmpty()
        ? assessment
        : withTableComment(session, assessment, reading);
  }

  private Assessment withTableComment(
      DatabaseSession session, Assessment assessment, HistoryResult reading) throws SQLException {
    Optional<String> comment = history.tableComment(session, reading.place());
    return comment.isPresent() ? assessment.withTableComment(comment.get()) : assessment;
  }

  /**
   * Reads and assesses the history for a preflight, which looks for hidden rows even if the history
   * is up to date.
   */
  Assessment assessAll(DatabaseSession session, Assessor assessor) throws SQLException {
    HistoryResult reading = history.read(session);
    Optional<Unreadable> hidden = history.hiddenRows(session, reading);
    return hidden.isPresent()
        ? assessor.assess(hidden.get())
        : structure.beforeMigration(session, assess(session, assessor, reading));
  }
}
