// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.assessment.AheadRevision.MaxRelation;
import dev.schemaguard.assessment.Survival.Reason;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pending revisions, each judged by itself for the versions that run while it is applied.
 *
 * @param pending their lines
 * @param names their names, in the order of the lines
 */
record PendingUpgrade(
    CompatibilityMatrix matrix, RevisionChain chain, BitSet pending, List<String> names) {

  /** What Flyway records as a blank, but for what would cut the version of a marker. */
  private static final Pattern BLANK = Pattern.compile("(?<!\\d)_|_(?!\\d)");

  /**
   * How far {@code version} survives.
   *
   * @param own whether it is that of the application that asks
   */
  Survival survival(String version, boolean own) {
    ResolvedRow row = row(version, own);
    int known = 0;
    Reason reason = null;
    for (int i = pending.nextSetBit(0); i >= 0; i = pending.nextSetBit(i + 1)) {
      reason = row == null ? Reason.NO_ROW : obstacle(row, version, own, i);
      if (reason != null) {
        break;
      }
      known++;
    }
    return new Survival(names.subList(0, known), names.subList(known, names.size()), reason);
  }

  private @Nullable ResolvedRow row(String version, boolean own) {
    Optional<MatrixRow> row = matrix.rowFor(version, own);
    try {
      return row.isEmpty() ? null : matrix.resolve(row.get());
    } catch (ConfigurationException e) {
      // An old row that a chain has outgrown stops no preflight; verify finds it.
      return null;
    }
  }

  /** What speaks against applying a revision while a version runs; null: it survives. */
  private @Nullable Reason obstacle(ResolvedRow row, String version, boolean own, int position) {
    if (row.upToExpected().get(position)) {
      return null;
    }
    Revision revision = chain.revision(position);
    HistoryEntry entry = Hypothesis.applied(revision, description(revision));
    Question question = new Question(version, own, Set.of());
    AheadRevision ahead =
        AheadRevision.judge(revision.name(), entry, true, relation(row, position), question);
    return switch (ahead.judgement()) {
      case ALLOWED -> null;
      case REFUSED -> Reason.REFUSED;
      case UNKNOWN -> Reason.UNKNOWN;
    };
  }

  private static MaxRelation relation(ResolvedRow row, int position) {
    if (row.admitsAnyLater()) {
      return MaxRelation.ANY;
    }
    if (row.max() == null) {
      return MaxRelation.UNSTATED;
    }
    return row.isWithinMax(position) ? MaxRelation.WITHIN : MaxRelation.BEYOND;
  }

  /**
   * The comment that Flyway will record, which may be a marker: its description is in the name of
   * the file, and that is an alias of the line. Liquibase's comments are in the sources alone until
   * they are applied.
   */
  private static @Nullable String description(Revision revision) {
    String version = revision.name() + "_";
    for (String alias : revision.aliases()) {
      if (alias.startsWith(version)) {
        return BLANK.matcher(alias.substring(version.length())).replaceAll(" ");
      }
    }
    return null;
  }
}
