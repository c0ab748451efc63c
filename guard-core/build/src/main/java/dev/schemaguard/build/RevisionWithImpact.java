// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.Impact;
import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.RequiresAppMarker;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A revision of the sources with its position in the revision chain and its effects on older
 * versions.
 *
 * @param position the position of its line; after the end of the revision chain if it has no line
 *     yet
 * @param shown its name as shown to users
 */
record RevisionWithImpact(
    int position, String shown, SourceRevision source, RevisionImpact judgement) {

  /**
   * Returns the revisions that have a line, in the order of the revision chain and without those
   * that have no effect there, followed by new revisions.
   */
  static List<RevisionWithImpact> of(
      RevisionChain chain,
      Collection<SourceRevision> sources,
      Collection<RevisionImpact> impacts,
      Collection<String> newRevisions) {
    Map<String, RevisionImpact> byName =
        impacts.stream()
            .collect(
                Collectors.toMap(
                    RevisionImpact::revision, Function.identity(), RevisionImpact::and));
    List<RevisionWithImpact> revisions = new ArrayList<>();
    for (SourceRevision source : sources) {
      RevisionImpact impact = byName.get(source.name());
      int position = position(chain, source);
      if (impact != null && position >= 0) {
        Revision line = chain.revisions().get(position);
        if (!line.retired() && line.replacedBy() == null) {
          revisions.add(new RevisionWithImpact(position, chain.displayName(line), source, impact));
        }
      } else if (impact != null && newRevisions.contains(source.name())) {
        int behind = chain.size() + revisions.size();
        revisions.add(
            new RevisionWithImpact(behind, source.revision().shortName(), source, impact));
      }
    }
    revisions.sort(Comparator.comparingInt(RevisionWithImpact::position));
    return revisions;
  }

  /** A line without {@code ::} contains only the id. */
  private static int position(RevisionChain chain, SourceRevision source) {
    int whole = chain.indexOfName(source.name());
    return whole >= 0 ? whole : chain.indexOfName(source.revision().shortName());
  }

  Impact impact() {
    return judgement.impact();
  }

  /** Returns whether it may break older versions but has no requires-app marker. */
  boolean isUnmarkedContract() {
    return impact() == Impact.CONTRACT && RequiresAppMarker.parse(source.comment()).isEmpty();
  }

  /** Returns its name, with the reasons for its impact. */
  String explained() {
    List<String> reasons = judgement.reasons();
    return shown
        + ", which "
        + reasons.get(0)
        + (reasons.size() == 1 ? "" : " (and " + (reasons.size() - 1) + " more)");
  }

  /** Returns the oldest version that expects it, according to these rows. */
  Optional<AppVersion> floor(Collection<ResolvedRow> rows) {
    return rows.stream()
        .filter(row -> row.upToExpected().get(position))
        .flatMap(row -> row.row().pattern().oldest().stream())
        .min(Comparator.naturalOrder());
  }
}
