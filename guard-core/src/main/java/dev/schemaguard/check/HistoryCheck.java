// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ConnectionFailure;
import dev.schemaguard.assessment.StatusContext;
import dev.schemaguard.assessment.problem.StatusWriter;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.WriteState;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Checks one history over an open connection: reads it, assesses it, looks for a lock and creates
 * the status. Thread-safe.
 */
public final class HistoryCheck {

  /** The verdicts whose advice is to write, which is impossible on a replica. */
  private static final Set<Verdict> NEED_WRITES =
      Set.of(Verdict.BEHIND, Verdict.UNINITIALIZED, Verdict.FAILED);

  private final HistoryReader reader;
  private final HistoryAccess history;
  private final HistoryAssessment assessments;
  private final @Nullable String application;
  private final MigrationOwner migration;
  private final boolean assumeNew;
  private final StructureCheck structure;
  private final @Nullable UnaryOperator<String> wording;
  private final AtomicBoolean wasCompatible;

  /**
   * Creates a check of the history that {@code reader} reads.
   *
   * @param assumeNew whether the database counts as new whatever other histories it has
   * @param structure compares the schema with the schema file
   * @param wording rewrites the actions of problems; null to leave them unchanged
   */
  public HistoryCheck(
      HistoryReader reader,
      @Nullable String application,
      MigrationOwner migration,
      boolean assumeNew,
      StructureCheck structure,
      @Nullable UnaryOperator<String> wording) {
    this(reader, application, migration, assumeNew, structure, wording, new AtomicBoolean());
  }

  private HistoryCheck(
      HistoryReader reader,
      @Nullable String application,
      MigrationOwner migration,
      boolean assumeNew,
      StructureCheck structure,
      @Nullable UnaryOperator<String> wording,
      AtomicBoolean wasCompatible) {
    this.reader = reader;
    this.history = new HistoryAccess(reader);
    this.assessments = new HistoryAssessment(history, migration, assumeNew, structure);
    this.application = application;
    this.migration = migration;
    this.assumeNew = assumeNew;
    this.structure = structure;
    this.wording = wording;
    this.wasCompatible = wasCompatible;
  }

  /** Reads the history and returns the check result; see {@link Check#run}. */
  public CheckResult check(
      DatabaseSession session, Assessor assessor, boolean alwaysLock, Stopwatch watch)
      throws SQLException {
    return check(session, assessments.assess(session, assessor), alwaysLock, watch);
  }

  /** Returns the check result for a history that has already been read and assessed. */
  public CheckResult check(
      DatabaseSession session, Assessment assessment, boolean alwaysLock, Stopwatch watch)
      throws SQLException {
    return CheckResult.of(
        assessment, status(session, assessment, alwaysLock, watch), watch.nanos());
  }

  /**
   * Returns the last check result again if the change token is unchanged, or else a new one; see
   * {@link Check#refresh}.
   */
  CheckResult refreshed(
      DatabaseSession session, Assessor assessor, CheckResult last, Stopwatch watch)
      throws SQLException {
    return hasNotMoved(session, last, watch)
        ? confirmed(session, last, watch)
        : check(session, assessor, false, watch);
  }

  /** Returns the status before the application migrates; see {@link Check#beforeMigration}. */
  public MigrationStatus beforeMigration(
      DatabaseSession session, Assessor assessor, Stopwatch watch) throws SQLException {
    return status(session, assessments.beforeMigration(session, assessor), true, watch);
  }

  /**
   * Returns the preflight, with what it means for the connected versions; see {@link
   * Check#preflight}.
   *
   * @param connected what is connected to the database; null if it has not been read yet
   */
  public Preflight preflight(
      DatabaseSession session,
      Assessor assessor,
      boolean sharedSchema,
      @Nullable ConnectedVersions connected,
      Stopwatch watch)
      throws SQLException {
    Assessment assessment = assessments.assessAll(session, assessor);
    Preflight preflight = preflight(session, assessment, sharedSchema, watch);
    ConnectedVersions seen =
        connected == null ? session.dialect().connectedVersions(session) : connected;
    Preflight beside = PreflightDecision.beside(preflight, seen, application, assessment);
    return beside.go()
        ? beside.requiring(new RequiredConditions(session, assessment).ask())
        : beside;
  }

  private Preflight preflight(
      DatabaseSession session, Assessment assessment, boolean sharedSchema, Stopwatch watch)
      throws SQLException {
    boolean readable = assessment.verdict().isKnown();
    WriteState writes = readable ? WriteState.of(session) : WriteState.WRITABLE;
    OtherTables others = otherTables(session, assessment);
    MigrationStatus status = status(session, assessment, true, writes, others, watch);
    return PreflightDecision.of(
        status, assessment, migration, sharedSchema ? OtherTables.NONE : others, writes);
  }

  /** Returns the status for a history that has already been read; does not look for a lock. */
  public MigrationStatus of(History read, Assessor assessor, Stopwatch watch) {
    Assessment assessment = assessor.assess(read);
    remember(assessment);
    return StatusWriter.status(assessment, context(null, null, null, List.of(), watch));
  }

  /** Returns the same check of the history that another reader reads. */
  public HistoryCheck with(HistoryReader other) {
    return new HistoryCheck(
        other, application, migration, assumeNew, structure, wording, wasCompatible);
  }

  /** Returns the status if there is no connection. */
  public MigrationStatus unreachable(
      Assessor assessor, ConnectionFailure failure, Stopwatch watch) {
    return StatusWriter.status(
        assessor.unreachable(failure), context(failure.database(), null, null, List.of(), watch));
  }

  /** Returns the reader's grace period; see {@link HistoryReader#grace}. */
  public Duration grace() {
    return reader.grace();
  }

  private boolean hasNotMoved(DatabaseSession session, CheckResult last, Stopwatch watch)
      throws SQLException {
    return last.isRecent(watch.nanos()) && history.hasToken(session, last.changeToken());
  }

  private CheckResult confirmed(DatabaseSession session, CheckResult last, Stopwatch watch)
      throws SQLException {
    MigrationLock lock = last.mayHaveLock() ? history.lock(session) : null;
    return last.confirmed(
        last.status().confirmed(lock, watch.begin(), watch.elapsed()), watch.nanos());
  }

  private MigrationStatus status(
      DatabaseSession session, Assessment assessment, boolean alwaysLock, Stopwatch watch)
      throws SQLException {
    WriteState writes = NEED_WRITES.contains(assessment.verdict()) ? WriteState.of(session) : null;
    OtherTables others = otherTables(session, assessment);
    return status(session, assessment, alwaysLock, writes, others, watch);
  }

  private MigrationStatus status(
      DatabaseSession session,
      Assessment assessment,
      boolean alwaysLock,
      @Nullable WriteState writes,
      OtherTables others,
      Stopwatch watch)
      throws SQLException {
    boolean look = alwaysLock || assessment.verdict() != Verdict.UP_TO_DATE;
    MigrationLock seen = assessment.reading() instanceof History read ? read.lock() : null;
    MigrationLock lock = seen != null ? seen : look ? history.lock(session) : null;
    String database = assessment.isCompatible() ? null : database(session);
    remember(assessment);
    MigrationStatus status =
        StatusWriter.status(assessment, context(database, lock, writes, others.names(), watch));
    return others.isKnown() ? status : status.withNote(others.unknown());
  }

  /** Remembers that the application could run: migrations that are missing later were undone. */
  private void remember(Assessment assessment) {
    if (assessment.isCompatible() && assessment.isOfApplication()) {
      wasCompatible.set(true);
    }
  }

  /**
   * Returns the tables that make a schema without a history non-empty. They are looked for only in
   * such a schema.
   */
  private OtherTables otherTables(DatabaseSession session, Assessment assessment)
      throws SQLException {
    HistoryResult reading = assessment.reading();
    if (assessment.verdict() != Verdict.UNINITIALIZED
        || assumeNew
        || assessment.sharesSchema()
        || reading == null) {
      return OtherTables.NONE;
    }
    return history.otherTables(session, reading);
  }

  private StatusContext context(
      @Nullable String database,
      @Nullable MigrationLock lock,
      @Nullable WriteState writes,
      List<String> otherTables,
      Stopwatch watch) {
    return new StatusContext(
        application,
        reader.tool(),
        reader.migrationTerm(),
        migration,
        wasCompatible.get(),
        database,
        lock,
        writes,
        otherTables,
        wording,
        watch.begin(),
        watch.elapsed());
  }

  private static String database(DatabaseSession session) throws SQLException {
    return DatabaseName.of(session.connection().getMetaData());
  }
}
