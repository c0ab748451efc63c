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
 * A revision of the sources on its line of the chain, with what it does to older versions.
 *
 * @param position the place of its line; behind the chain where it has none yet
 * @param shown its name as people see it
 */
record RevisionWithImpact(
    int position, String shown, SourceRevision source, RevisionImpact judgement) {

  /**
   * Those that have a line, in the chain's order, without those that are without effect there; and
   * behind them those that are new.
   */
  static List<RevisionWithImpact> of(
      RevisionChain chain,
      Collection<SourceRevision> sources,
      Collection<RevisionImpact> effects,
      Collection<String> newRevisions) {
    Map<String, RevisionImpact> byName =
        effects.stream()
            .collect(
                Collectors.toMap(
                    RevisionImpact::revision, Function.identity(), RevisionImpact::and));
    List<RevisionWithImpact> judged = new ArrayList<>();
    for (SourceRevision source : sources) {
      RevisionImpact effect = byName.get(source.name());
      int position = position(chain, source);
      if (effect != null && position >= 0) {
        Revision line = chain.revisions().get(position);
        if (!line.retired() && line.replacedBy() == null) {
          judged.add(new RevisionWithImpact(position, chain.displayName(line), source, effect));
        }
      } else if (effect != null && newRevisions.contains(source.name())) {
        int behind = chain.size() + judged.size();
        judged.add(new RevisionWithImpact(behind, source.revision().shortName(), source, effect));
      }
    }
    judged.sort(Comparator.comparingInt(RevisionWithImpact::position));
    return judged;
  }

  /** A line without {@code ::} is the id alone. */
  private static int position(RevisionChain chain, SourceRevision source) {
    int whole = chain.indexOfName(source.name());
    return whole >= 0 ? whole : chain.indexOfName(source.revision().shortName());
  }

  Impact effect() {
    return judgement.effect();
  }

  /** Whether it may break older versions, and none of them hears of it. */
  boolean isUnmarkedContract() {
    return effect() == Impact.CONTRACT && RequiresAppMarker.parse(source.comment()).isEmpty();
  }

  /** Its name, and why it is what it is. */
  String explained() {
    List<String> reasons = judgement.reasons();
    return shown
        + ", which "
        + reasons.get(0)
        + (reasons.size() == 1 ? "" : " (and " + (reasons.size() - 1) + " more)");
  }

  /** The oldest version that was built for it, by these rows. */
  Optional<AppVersion> floor(Collection<ResolvedRow> rows) {
    return rows.stream()
        .filter(row -> row.upToExpected().get(position))
        .flatMap(row -> row.row().pattern().oldest().stream())
        .min(Comparator.naturalOrder());
  }
}
