// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.Numbering;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.matrix.UnknownAhead;
import dev.schemaguard.matrix.VersionPattern;
import dev.schemaguard.preflight.UpgradeTolerance;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tool.Tools;
import java.util.ArrayList;
import java.util.BitSet;
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
  private final AssessmentTarget question;
  private final @Nullable MatrixRow row;
  private final @Nullable ResolvedRow resolved;
  private final PathPatterns paths;

  /**
   * Creates an assessor of databases for {@code question}.
   *
   * @throws ConfigurationException if the row of this version cannot be resolved or requires
   *     nothing, or if the chain is empty and does not say that there are no migrations yet
   */
  public Assessor(CompatibilityMatrix matrix, AssessmentTarget question) {
    this(
        matrix,
        question,
        matrix.rowFor(question.version(), question.own()).orElse(null),
        new PathPatterns(matrix.paths()));
  }

  private Assessor(
      CompatibilityMatrix matrix,
      AssessmentTarget question,
      @Nullable MatrixRow row,
      PathPatterns paths) {
    this.matrix = matrix;
    this.question = question;
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
        matrix, new AssessmentTarget(oldest, false, Set.of()), row, PathPatterns.ALL);
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
        ? new Assessment(this, Verdict.UNREADABLE, bounds(), reading)
        : assess(new History(reading.place(), List.of()), reading);
  }

  private Assessment assess(History history, HistoryResult reading) {
    if (row == null) {
      return new Assessment(this, Verdict.UNKNOWN_VERSION, withoutRow(history), reading);
    }
    if (resolved != null) {
      resolved.requireRevisions(history.place().dbms());
    }
    ComparisonResult findings = withNotes(compare(history, row));
    Assessment assessment = new Assessment(this, verdict(findings), findings, reading);
    return history.unseen() == null ? assessment : assessment.withNotes(List.of(history.unseen()));
  }

  /**
   * Returns the assessment if nothing could be read.
   *
   * @param obstacle why nothing could be read
   */
  public Assessment unreachable(ConnectionFailure obstacle) {
    return new Assessment(this, Verdict.UNREACHABLE, bounds(), obstacle);
  }

  private ComparisonResult compare(History history, MatrixRow row) {
    return resolved == null
        ? new RowComparison(row, history, paths, question).compare()
        : new ChainComparison(
                resolved, new ChainHistory(resolved.chain(), history, paths), question)
            .compare(history);
  }

  private static Verdict verdict(ComparisonResult findings) {
    if (!findings.failed().isEmpty()) {
      return Verdict.FAILED;
    }
    if (!findings.missing().isEmpty()) {
      return findings.hasEntries() ? Verdict.BEHIND : Verdict.UNINITIALIZED;
    }
    if (!findings.ahead().isEmpty()) {
      return verdictOnAhead(findings);
    }
    return findings.pending().isEmpty() ? Verdict.UP_TO_DATE : Verdict.BEHIND_COMPATIBLE;
  }

  private static Verdict verdictOnAhead(ComparisonResult findings) {
    if (findings.anyAhead(AheadRevision.Judgement.REFUSED)) {
      return Verdict.AHEAD_INCOMPATIBLE;
    }
    return findings.anyAhead(AheadRevision.Judgement.UNKNOWN)
        ? Verdict.AHEAD_UNKNOWN
        : Verdict.AHEAD_COMPATIBLE;
  }

  /** Returns whether the application can run on a database with this verdict and these findings. */
  boolean isCompatible(Verdict verdict, ComparisonResult findings) {
    if (verdict == Verdict.AHEAD_UNKNOWN) {
      return matrix.unknownAhead() == UnknownAhead.ALLOWED
          && findings.ahead().stream().noneMatch(AheadRevision::hasDoubtfulMarker);
    }
    return verdict == Verdict.UP_TO_DATE
        || verdict == Verdict.BEHIND_COMPATIBLE
        || verdict == Verdict.AHEAD_COMPATIBLE;
  }

  List<String> rowsThatCannotRunAfterMigration(HistoryResult reading) {
    if (resolved == null) {
      return List.of();
    }
    History migrated = ProjectedHistory.migrated(reading, resolved, paths);
    List<String> labels = new ArrayList<>();
    for (MatrixRow other : matrix.rows()) {
      if (!other.equals(row) && isOlder(other)) {
        addIfStranded(labels, other, migrated);
      }
    }
    return labels;
  }

  /**
   * Adds the label of a row whose version cannot restart. A Max that names a revision was written
   * after the version had been built. An instance that brings its own matrix knows neither the Max
   * nor the revision, and refuses the unknown revision.
   */
  private void addIfStranded(List<String> labels, MatrixRow other, History migrated) {
    try {
      Assessment then = ofRow(matrix, other).assess(migrated);
      if (!then.isCompatible()) {
        labels.add(other.label());
      } else if (matrix.unknownAhead() == UnknownAhead.REFUSED
          && then.findings().isAdmittedByMaxAlone()) {
        labels.add(other.label() + " (unless it reads this matrix)");
      }
    } catch (ConfigurationException e) {
      labels.add(other.label() + " (its row cannot be used)");
    }
  }

  /** Returns the pending migrations that the tool will not apply; empty without a chain. */
  Optional<SkippedMigrations> skipped(HistoryResult reading, MigrationOwner migration) {
    return resolved == null || Tools.numbering(reading.place().tool()) != Numbering.FLYWAY
        ? Optional.empty()
        : new FlywaySelection(resolved, reading, paths, migration).skipped();
  }

  /** Returns the rows of Alembic's table that other rows build on; empty without a chain. */
  Optional<RedundantHeads> redundantHeads(History history) {
    return resolved == null
        ? Optional.empty()
        : RedundantHeads.in(
            history, resolved.chain(), new ChainHistory(resolved.chain(), history, paths));
  }

  /** Returns the recorded revisions that the tool cannot continue from; empty without a chain. */
  Optional<UnknownStart> unknownStart(History history) {
    return resolved == null
        ? Optional.empty()
        : UnknownStart.in(history, resolved, new ChainHistory(resolved.chain(), history, paths));
  }

  /** Returns whether the chain counts as applied because all recorded heads are unknown. */
  boolean isChainAssumed(History history) {
    if (resolved == null) {
      return false;
    }
    ChainHistory placed = new ChainHistory(resolved.chain(), history, paths);
    return placed.recordsHeads() && placed.heads().isEmpty();
  }

  /**
   * Returns how much of what is pending for this version another version tolerates; empty without a
   * chain.
   */
  Optional<UpgradeTolerance> tolerance(String running, HistoryResult reading) {
    if (resolved == null) {
      return Optional.empty();
    }
    History history =
        reading instanceof History read ? read : new History(reading.place(), List.of());
    ChainHistory placed = new ChainHistory(resolved.chain(), history, paths);
    BitSet pending = placed.missing(resolved.upToExpected(), resolved.upToExpected());
    boolean own = question.own() && running.equals(question.version());
    return Optional.of(
        new PendingUpgrade(
                matrix, resolved.chain(), reading.place().tool(), pending, placed.names(pending))
            .tolerance(running, own));
  }

  /**
   * Returns whether a row covers versions older than this one; true for any row if this version is
   * not comparable.
   */
  private boolean isOlder(MatrixRow other) {
    Optional<AppVersion> theirs = other.pattern().oldest();
    return theirs.isPresent()
        && question
            .comparableVersion()
            .map(version -> theirs.get().compareTo(version) < 0)
            .orElse(true);
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

  /** Returns what is known before anything is read: the row's own revisions. */
  public ComparisonResult bounds() {
    if (row == null) {
      return ComparisonResult.bounds(null, null, null);
    }
    ComparisonResult findings =
        resolved == null
            ? ComparisonResult.bounds(
                row.expected(), row.min() == null ? row.expected() : row.min(), row.max())
            : ChainComparison.bounds(resolved);
    return withNotes(findings);
  }

  private ComparisonResult withNotes(ComparisonResult findings) {
    List<String> notes = new ArrayList<>(findings.notes());
    for (MovedChangeset moved : findings.moved().pairs()) {
      notes.add(moved.note());
    }
    for (AheadRevision revision : findings.ahead()) {
      if (revision.cause() == AheadRevision.Cause.ACCEPTED) {
        notes.add(revision.name() + " is accepted by an operator");
      }
    }
    if (row != null && isJudgedByRelease(row)) {
      notes.add(question.version() + " is judged by the row of its release, " + row.label());
    }
    return findings.withNotes(notes);
  }

  private boolean isJudgedByRelease(MatrixRow row) {
    Optional<AppVersion> version = question.comparableVersion();
    return version.isPresent()
        && version.get().hasQualifier()
        && row.pattern() instanceof VersionPattern.Exact exact
        && !exact.version().equals(version.get());
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
  public AssessmentTarget question() {
    return question;
  }

  /** Returns the row of the version; null if there is none. */
  public @Nullable MatrixRow row() {
    return row;
  }
}
