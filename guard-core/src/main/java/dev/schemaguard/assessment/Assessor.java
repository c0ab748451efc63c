// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.matrix.UnknownAhead;
import dev.schemaguard.status.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assesses databases for one version of one application. It finds the version's row once, then
 * compares any history with it. Pure: it does no I/O and changes nothing. Immutable and
 * thread-safe.
 */
public final class Assessor {

  private final CompatibilityMatrix matrix;
  private final AssessmentTarget target;
  private final @Nullable MatrixRow row;
  private final @Nullable ResolvedRow resolved;
  private final PathPatterns paths;

  /**
   * Creates an assessor of databases for {@code target}.
   *
   * @throws ConfigurationException if the row of this version cannot be resolved or requires
   *     nothing, or if the chain is empty and does not say that there are no migrations yet
   */
  public Assessor(CompatibilityMatrix matrix, AssessmentTarget target) {
    this(
        matrix,
        target,
        matrix.rowFor(target.version(), target.own()).orElse(null),
        new PathPatterns(matrix.paths()));
  }

  private Assessor(
      CompatibilityMatrix matrix,
      AssessmentTarget target,
      @Nullable MatrixRow row,
      PathPatterns paths) {
    this.matrix = matrix;
    this.target = target;
    this.row = row;
    this.paths = paths;
    Optional<RevisionChain> chain = matrix.chain();
    if (chain.isPresent()) {
      chain.get().requireRevisions();
    } else if (row != null) {
      RowComparison.requireNames(row);
    }
    this.resolved = row == null || chain.isEmpty() ? null : matrix.resolve(row);
    if (resolved != null) {
      resolved.requireRevisions(null);
    }
  }

  /**
   * Returns an assessor of {@linkplain ProjectedHistory projected} histories, whose entries are all
   * this application's, for the oldest version that {@code row} covers.
   */
  public static Assessor ofRow(CompatibilityMatrix matrix, MatrixRow row) {
    String oldest = row.pattern().oldest().map(AppVersion::toString).orElse(null);
    return new Assessor(
        matrix,
        new AssessmentTarget(oldest, false, Set.of(), matrix.application().orElse(null)),
        row,
        PathPatterns.ALL);
  }

  /**
   * Returns whether a history may belong to the application that bundles {@code matrix}, judged by
   * the history's rows and the chain.
   */
  public static boolean mayBeOurs(CompatibilityMatrix matrix, History history) {
    Ownership ownership =
        Ownership.of(
            history.place().tool(),
            history,
            matrix.chain().orElse(null),
            new PathPatterns(matrix.paths()));
    return ownership.owner() != Ownership.Owner.ANOTHER_APPLICATION;
  }

  /**
   * Returns the assessment of what was read.
   *
   * @throws ConfigurationException if the chain requires nothing of a database of this product, or
   *     {@code Paths:} leaves out one of its lines
   */
  public Assessment assess(HistoryResult reading) {
    if (reading instanceof History history) {
      return assess(history, reading);
    }
    return reading instanceof Unreadable
        ? new Assessment(this, Verdict.UNREADABLE, unread(), reading)
        : assess(new History(reading.place(), List.of()), reading);
  }

  private Assessment assess(History history, HistoryResult reading) {
    if (row == null) {
      return new Assessment(this, Verdict.UNKNOWN_VERSION, withoutRow(history), reading);
    }
    if (resolved != null) {
      resolved.requireRevisions(history.place().dbms());
    }
    ComparisonResult comparison = AssessmentNotes.on(compare(history, row), row, target);
    Assessment assessment = new Assessment(this, comparison.verdict(), comparison, reading);
    return history.unseen() == null ? assessment : assessment.withNotes(List.of(history.unseen()));
  }

  /**
   * Returns the assessment if nothing could be read.
   *
   * @param failure why nothing could be read
   */
  public Assessment unreachable(ConnectionFailure failure) {
    return new Assessment(this, Verdict.UNREACHABLE, unread(), failure);
  }

  private ComparisonResult compare(History history, MatrixRow row) {
    return resolved == null
        ? new RowComparison(row, history, paths, target).compare()
        : new ChainComparison(resolved, new ChainHistory(resolved.chain(), history, paths), target)
            .compare(history);
  }

  /**
   * Returns whether the application can run on a database with this verdict and these findings.
   *
   * @param intact whether the schema was compared, and has everything that this version needs
   */
  boolean isCompatible(Verdict verdict, ComparisonResult comparison, boolean intact) {
    if (verdict == Verdict.AHEAD_UNKNOWN) {
      UnknownAhead answer = matrix.unknownAhead();
      return (answer == UnknownAhead.ALLOWED || (answer == UnknownAhead.INTACT && intact))
          && comparison.ahead().stream().noneMatch(AheadRevision::hasDoubtfulMarker);
    }
    return verdict == Verdict.UP_TO_DATE
        || verdict == Verdict.BEHIND_COMPATIBLE
        || verdict == Verdict.AHEAD_COMPATIBLE;
  }

  /** Returns where the database is, and what failed in it, for a version that has no row. */
  private ComparisonResult withoutRow(History history) {
    Optional<RevisionChain> chain = matrix.chain();
    if (chain.isEmpty()) {
      return RowComparison.withoutRow(history, paths);
    }
    ChainHistory placed = new ChainHistory(chain.get(), history, paths);
    Position position = Position.of(placed, chain.get(), chain.get().all());
    return ComparisonResult.at(position, placed.failed());
  }

  /** Returns the revisions that the row names, as far as they are known before anything is read. */
  public RowBounds bounds() {
    if (row == null) {
      return RowBounds.UNKNOWN;
    }
    return resolved == null ? RowComparison.bounds(row) : ChainComparison.bounds(resolved);
  }

  private ComparisonResult unread() {
    ComparisonResult comparison = ComparisonResult.of(bounds());
    return row == null ? comparison : AssessmentNotes.on(comparison, row, target);
  }

  /** Returns whether this version can start although {@code ahead} is applied. */
  public boolean admits(AheadRevision ahead) {
    return switch (ahead.judgement()) {
      case ALLOWED -> true;
      case REFUSED -> false;
      case UNKNOWN -> matrix.unknownAhead() == UnknownAhead.ALLOWED && !ahead.hasDoubtfulMarker();
    };
  }

  /** Returns the matrix. */
  public CompatibilityMatrix matrix() {
    return matrix;
  }

  /** Returns the row with its revisions of the chain; null without a chain. */
  public @Nullable ResolvedRow resolved() {
    return resolved;
  }

  /** Returns the patterns of the paths that belong to this application. */
  public PathPatterns paths() {
    return paths;
  }

  /** Returns the version that the assessment is for. */
  public AssessmentTarget target() {
    return target;
  }

  /** Returns the row of the version; null if there is none. */
  public @Nullable MatrixRow row() {
    return row;
  }
}
