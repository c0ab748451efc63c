// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.preflight.UpgradeTolerance;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tool.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A verdict with its evidence. Immutable. */
public final class Assessment {

  private final Assessor assessor;
  private final Verdict verdict;
  private final ComparisonResult comparison;
  private final @Nullable HistoryResult reading;
  private final @Nullable ConnectionFailure failure;
  private final @Nullable StructureEvidence structure;

  Assessment(
      Assessor assessor, Verdict verdict, ComparisonResult comparison, HistoryResult reading) {
    this(assessor, verdict, comparison, reading, null, null);
  }

  Assessment(
      Assessor assessor, Verdict verdict, ComparisonResult comparison, ConnectionFailure failure) {
    this(assessor, verdict, comparison, null, failure, null);
  }

  private Assessment(
      Assessor assessor,
      Verdict verdict,
      ComparisonResult comparison,
      @Nullable HistoryResult reading,
      @Nullable ConnectionFailure failure,
      @Nullable StructureEvidence structure) {
    this.assessor = assessor;
    this.verdict = verdict;
    this.comparison = comparison;
    this.reading = reading;
    this.failure = failure;
    this.structure = structure;
  }

  /** Returns the verdict. */
  public Verdict verdict() {
    return verdict;
  }

  /** Returns whether the application can run. */
  public boolean isCompatible() {
    return assessor.isCompatible(verdict, comparison, isIntact());
  }

  /** Returns whether this is about the application that asks, not about a version given by name. */
  public boolean isOfApplication() {
    return assessor.target().own();
  }

  /**
   * Returns whether {@code Paths:} says that other applications keep their tables in the same
   * schema.
   */
  public boolean sharesSchema() {
    return !assessor.matrix().paths().isEmpty();
  }

  /**
   * Returns whether an instance that already runs can continue. It may be unable to start, but
   * nothing that it uses is missing or half-migrated, and no revision refuses it.
   */
  public boolean canKeepRunning() {
    if (verdict == Verdict.FAILED) {
      return !comparison.failedWithin()
          && comparison.missing().isEmpty()
          && !comparison.anyAhead(AheadRevision.Judgement.REFUSED);
    }
    return verdict == Verdict.AHEAD_UNKNOWN || verdict == Verdict.DRIFTED || isCompatible();
  }

  private boolean isIntact() {
    return structure != null && structure.isIntact();
  }

  private boolean isBroken() {
    return structure != null && structure.isRefused();
  }

  /**
   * Returns whether this version accepts everything that is applied beyond its expected revision.
   */
  public boolean isAheadAllowed() {
    boolean refused = comparison.anyAhead(AheadRevision.Judgement.REFUSED);
    boolean unknown = comparison.anyAhead(AheadRevision.Judgement.UNKNOWN);
    return !refused
        && (!unknown
            || (!isBroken()
                && assessor.isCompatible(Verdict.AHEAD_UNKNOWN, comparison, isIntact())));
  }

  /**
   * Returns the assessment of the same evidence for an application that is about to migrate this
   * database itself. What is ahead and not allowed takes precedence over what is missing, because
   * no migration fixes it.
   */
  public Assessment beforeMigration() {
    if (!verdict.isKnown() || verdict == Verdict.FAILED || isAheadAllowed()) {
      return this;
    }
    boolean refused = comparison.anyAhead(AheadRevision.Judgement.REFUSED) || isBroken();
    Verdict ahead = refused ? Verdict.AHEAD_INCOMPATIBLE : Verdict.AHEAD_UNKNOWN;
    return new Assessment(assessor, ahead, comparison, reading, failure, structure);
  }

  /**
   * Returns the assessment of a database that seems to be new, with the other histories in its
   * catalog taken into account: it is not new if one of them is, or may be, this application's.
   *
   * @param assumeNew whether an operator said that it is new
   */
  public Assessment beside(Surroundings surroundings, boolean assumeNew) {
    return reading == null
        ? this
        : new OtherHistories(this, reading, surroundings, assumeNew).judge();
  }

  /**
   * Returns the assessment with the requires-app marker in the comment of the history's table; see
   * {@link TableMarker}.
   */
  public Assessment withTableComment(String comment) {
    return TableMarker.applied(comment, this);
  }

  /** Returns the assessment of the same history with what its schema looks like. */
  public Assessment withStructure(StructureEvidence evidence) {
    Verdict inTheLight = evidence.on(verdict);
    return new Assessment(assessor, inTheLight, comparison, reading, failure, evidence)
        .withNotes(evidence.notes(inTheLight != verdict));
  }

  /** Returns what the schema looks like; null if it was not compared for any reason. */
  public @Nullable StructureEvidence structure() {
    return structure;
  }

  /**
   * Returns whether the schema lacks what this version needs, and nothing ahead explains it or was
   * accepted with it.
   */
  public boolean isDrifted() {
    return isBroken() && comparison.ahead().isEmpty();
  }

  /** Returns whether a revision ahead refuses this version, whatever the schema looks like. */
  public boolean isRefusedByRevision() {
    return comparison.anyAhead(AheadRevision.Judgement.REFUSED);
  }

  /** Returns whether it is unknown whether this version can run with some revision ahead. */
  public boolean isAnyUnknownAhead() {
    return comparison.anyAhead(AheadRevision.Judgement.UNKNOWN);
  }

  /** Returns what is pending for this version; empty without a chain, or if nothing was read. */
  public Optional<PendingLines> pendingLines() {
    ResolvedRow row = assessor.resolved();
    return row != null && reading instanceof HistoryResult.History history
        ? Optional.of(new PendingLines(row, history, assessor.paths()))
        : Optional.empty();
  }

  /** Returns the same assessment with more notes. */
  Assessment withNotes(List<String> more) {
    List<String> notes = new ArrayList<>(comparison.notes());
    notes.addAll(more);
    return new Assessment(
        assessor, verdict, comparison.withNotes(notes), reading, failure, structure);
  }

  /**
   * Returns the labels of the rows whose versions cannot start once everything that this version
   * expects is applied. Empty without a chain, or if nothing was read. If only a Max admits a
   * version, its label says that the version cannot start unless it reads this matrix.
   */
  public List<String> rowsThatCannotRestart() {
    ResolvedRow row = assessor.resolved();
    return reading == null || row == null
        ? List.of()
        : new RestartOutlook(assessor.matrix(), row, assessor.target(), assessor.paths())
            .cannotRestart(reading);
  }

  /**
   * Returns the pending migrations of this version that the tool, as {@code migration} configures
   * it, will not apply. Empty if all of them will be applied, without a chain, or if nothing was
   * read.
   */
  public Optional<SkippedMigrations> skippedBy(MigrationOwner migration) {
    return outlook().flatMap(outlook -> outlook.skippedBy(migration));
  }

  /** Returns the rows of Alembic's table that make Alembic reject it; empty if there are none. */
  public Optional<RedundantHeads> redundantHeads() {
    return outlook().flatMap(MigrationOutlook::redundantHeads);
  }

  /**
   * Returns why the tool applies nothing that is pending: the database is at a revision that is not
   * among this version's migrations. Empty if nothing is pending, and without a chain.
   */
  public Optional<SkippedMigrations> notAppliedFromHere() {
    return comparison.pending().isEmpty()
        ? Optional.empty()
        : unknownStart().map(start -> new SkippedMigrations(start.reason(), start.action()));
  }

  /** Returns the recorded revisions that the tool cannot continue from; empty without a chain. */
  public Optional<UnknownStart> unknownStart() {
    return outlook().flatMap(MigrationOutlook::unknownStart);
  }

  /**
   * Returns whether this version's revisions count as applied only because an unknown head is
   * recorded.
   */
  public boolean isChainAssumed() {
    return outlook().filter(MigrationOutlook::isChainAssumed).isPresent();
  }

  /**
   * Returns how much of what is pending for this version a running version tolerates. Empty without
   * a chain, or if the pending revisions cannot be determined.
   */
  public Optional<UpgradeTolerance> tolerance(String running) {
    return verdict.isKnown()
        ? outlook().map(outlook -> outlook.tolerance(assessor.matrix(), assessor.target(), running))
        : Optional.empty();
  }

  /** Returns what the tool will do; empty without a chain, or if nothing was read. */
  private Optional<MigrationOutlook> outlook() {
    ResolvedRow row = assessor.resolved();
    return reading == null || row == null
        ? Optional.empty()
        : Optional.of(new MigrationOutlook(row, reading, assessor.paths()));
  }

  /** Returns the assessor that made this assessment. */
  public Assessor assessor() {
    return assessor;
  }

  /** Returns the differences that the verdict is drawn from. */
  public ComparisonResult comparison() {
    return comparison;
  }

  /** Returns what was read; null if nothing could be read. */
  public @Nullable HistoryResult reading() {
    return reading;
  }

  /** Returns why nothing could be read; null if there was a connection. */
  public @Nullable ConnectionFailure failure() {
    return failure;
  }
}
