// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.history.Surroundings;
import dev.schemaguard.preflight.UpgradeTolerance;
import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A verdict with the evidence that it was drawn from. Immutable. */
public final class Assessment {

  private final Assessor assessor;
  private final Verdict verdict;
  private final ComparisonResult findings;
  private final @Nullable HistoryResult reading;
  private final @Nullable ConnectionFailure obstacle;

  Assessment(Assessor assessor, Verdict verdict, ComparisonResult findings, HistoryResult reading) {
    this(assessor, verdict, findings, reading, null);
  }

  Assessment(
      Assessor assessor, Verdict verdict, ComparisonResult findings, ConnectionFailure obstacle) {
    this(assessor, verdict, findings, null, obstacle);
  }

  private Assessment(
      Assessor assessor,
      Verdict verdict,
      ComparisonResult findings,
      @Nullable HistoryResult reading,
      @Nullable ConnectionFailure obstacle) {
    this.assessor = assessor;
    this.verdict = verdict;
    this.findings = findings;
    this.reading = reading;
    this.obstacle = obstacle;
  }

  /** The verdict. */
  public Verdict verdict() {
    return verdict;
  }

  /** Whether the application may run. */
  public boolean isCompatible() {
    return assessor.isCompatible(verdict, findings);
  }

  /** Whether it is for the application that asks, not for a version that was asked about. */
  public boolean isOfApplication() {
    return assessor.question().own();
  }

  /** Whether {@code Paths:} says that other applications keep their tables in the same schema. */
  public boolean sharesSchema() {
    return !assessor.matrix().paths().isEmpty();
  }

  /**
   * Whether an instance that already runs can go on: it may not start, perhaps, but nothing that it
   * works with is missing or half made, and nothing refuses it.
   */
  public boolean canKeepRunning() {
    if (verdict == Verdict.FAILED) {
      return !findings.failedWithin()
          && findings.missing().isEmpty()
          && !findings.anyAhead(AheadRevision.Judgement.REFUSED);
    }
    return verdict == Verdict.AHEAD_UNKNOWN || isCompatible();
  }

  /** Whether this version accepts everything that is applied beyond its expected revision. */
  public boolean isAheadAllowed() {
    boolean refused = findings.anyAhead(AheadRevision.Judgement.REFUSED);
    boolean unknown = findings.anyAhead(AheadRevision.Judgement.UNKNOWN);
    return !refused && (!unknown || assessor.isCompatible(Verdict.AHEAD_UNKNOWN, findings));
  }

  /**
   * The same evidence for an application that is about to migrate this database itself: what is
   * ahead and not allowed comes before what is missing, for no migration cures it.
   */
  public Assessment beforeMigration() {
    if (!verdict.isKnown() || verdict == Verdict.FAILED || isAheadAllowed()) {
      return this;
    }
    boolean refused = findings.anyAhead(AheadRevision.Judgement.REFUSED);
    Verdict ahead = refused ? Verdict.AHEAD_INCOMPATIBLE : Verdict.AHEAD_UNKNOWN;
    return new Assessment(assessor, ahead, findings, reading, obstacle);
  }

  /**
   * Returns the assessment of a database that seems to be new, beside the other histories that its
   * catalog shows: it is not new if one of them is, or may be, this application's.
   *
   * @param assumeNew whether an operator said that it is new
   */
  public Assessment beside(Surroundings surroundings, boolean assumeNew) {
    return reading == null
        ? this
        : new OtherHistories(this, reading, surroundings, assumeNew).judge();
  }

  /** Returns the same assessment with more notes. */
  Assessment withNotes(List<String> more) {
    List<String> notes = new ArrayList<>(findings.notes());
    notes.addAll(more);
    return new Assessment(assessor, verdict, findings.withNotes(notes), reading, obstacle);
  }

  /**
   * The labels of those rows whose versions cannot start once everything that this version expects
   * is applied; empty without a chain, or if nothing was read. Where only a Max admits a version,
   * its label says that this holds unless it reads this matrix.
   */
  public List<String> rowsThatCannotRestart() {
    return reading == null ? List.of() : assessor.rowsThatCannotRunAfterMigration(reading);
  }

  /**
   * Returns what is pending for this version and will not be applied by the tool as {@code
   * migration} configures it; empty if everything will be, without a chain, or if nothing was read.
   */
  public Optional<SkippedMigrations> skippedBy(MigrationOwner migration) {
    return reading == null ? Optional.empty() : assessor.skipped(reading, migration);
  }

  /** Returns the rows of Alembic's table that make Alembic refuse it; empty if there are none. */
  public Optional<RedundantHeads> redundantHeads() {
    return reading instanceof History history ? assessor.redundantHeads(history) : Optional.empty();
  }

  /**
   * Returns why the tool applies nothing that is pending: the database is at a revision that this
   * version's migrations do not have; empty if nothing is pending, and without a chain.
   */
  public Optional<SkippedMigrations> notAppliedFromHere() {
    return findings.pending().isEmpty()
        ? Optional.empty()
        : unknownStart().map(start -> new SkippedMigrations(start.reason(), start.action()));
  }

  /** What the tool cannot go on from; empty without a chain. */
  public Optional<UnknownStart> unknownStart() {
    return reading instanceof History history ? assessor.unknownStart(history) : Optional.empty();
  }

  /** Whether this version's revisions count as applied only because an unknown head is recorded. */
  public boolean isChainAssumed() {
    return reading instanceof History history && assessor.isChainAssumed(history);
  }

  /**
   * How far a version that is running survives what is pending for this one; empty without a chain,
   * or where the pending revisions cannot be told.
   */
  public Optional<UpgradeTolerance> survival(String running) {
    return reading == null || !verdict.isKnown()
        ? Optional.empty()
        : assessor.survival(running, reading);
  }

  public Assessor assessor() {
    return assessor;
  }

  public ComparisonResult findings() {
    return findings;
  }

  /** What was read; null where nothing could be. */
  public @Nullable HistoryResult reading() {
    return reading;
  }

  public @Nullable ConnectionFailure obstacle() {
    return obstacle;
  }
}
