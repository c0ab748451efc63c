// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import dev.schemaguard.text.EditDistance;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the one revision of a chain that a reference refers to. */
final class ReferenceResolver {

  private static final int COMPARED_LENGTH = 80;
  private static final int NEAREST = 3;
  private static final String TAG = "tag:";

  /** The ways in which a reference may match a revision, in the order in which they are tried. */
  private enum Rule {
    EXACT,
    SAME_VERSION,
    CONTINUED_BY,
    CONTINUES
  }

  private final RevisionChain chain;
  private final String reference;
  private final String normalized;
  private final Optional<MigrationVersion> version;

  ReferenceResolver(RevisionChain chain, String reference) {
    this.chain = chain;
    this.reference = reference;
    this.normalized = ChangesetKey.withNormalStart(reference);
    this.version = MigrationVersion.parse(reference);
  }

  Revision resolve(String where) {
    for (Rule rule : Rule.values()) {
      List<Revision> found = meantBy(rule);
      if (found.size() == 1) {
        return found.get(0);
      }
      if (found.size() > 1) {
        throw new ConfigurationException(
            where,
            "'" + reference + "' could be any of " + list(found, Revision::name),
            "Write the whole name of one of them.");
      }
    }
    throw new ConfigurationException(
        where,
        "'" + reference + "' is not in " + chain.origin(),
        "The nearest are "
            + list(nearest(), chain::displayName)
            + "; write one of these, or"
            + " regenerate the chain if the migration is new.");
  }

  private List<Revision> meantBy(Rule rule) {
    List<Revision> found = new ArrayList<>(1);
    BitSet candidates = candidates(rule);
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      Revision revision = chain.revision(i);
      if (isMeant(rule, revision)) {
        found.add(revision);
      }
    }
    return found;
  }

  /**
   * Returns the positions that a rule may match. If all ids differ, the revision with an id is
   * found through an index.
   */
  private BitSet candidates(Rule rule) {
    if (rule != Rule.EXACT || ChangesetKey.isParted(reference) || chain.showsWholeNames()) {
      return chain.all();
    }
    BitSet candidates = new BitSet(chain.size());
    for (int i : chain.attributedPositions()) {
      candidates.set(i);
    }
    int named = chain.indexOfShortName(reference);
    if (named >= 0) {
      candidates.set(named);
    }
    return candidates;
  }

  private boolean isMeant(Rule rule, Revision revision) {
    if (rule == Rule.CONTINUES) {
      return continues(reference, revision.shortName()) && revision.aliases().isEmpty();
    }
    if (isMeantByName(rule, revision.name())) {
      return true;
    }
    for (String former : revision.was()) {
      if (isMeantByName(rule, former)) {
        return true;
      }
    }
    for (String alias : revision.aliases()) {
      if (rule == Rule.EXACT
          ? reference.equals(alias) || reference.equals(TAG + alias)
          : isAlike(rule, alias)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMeantByName(Rule rule, String name) {
    return rule == Rule.EXACT
        ? ChangesetKey.isNamed(name, reference) || ChangesetKey.isNamed(name, normalized)
        : isAlike(rule, ChangesetKey.shortName(name));
  }

  private boolean isAlike(Rule rule, String name) {
    return rule == Rule.SAME_VERSION
        ? version.isPresent() && version.equals(MigrationVersion.parse(name))
        : continues(name, reference);
  }

  private static boolean continues(String longer, String shorter) {
    return longer.length() > shorter.length()
        && longer.startsWith(shorter)
        && (longer.charAt(shorter.length()) == '_' || longer.charAt(shorter.length()) == '-');
  }

  private List<Revision> nearest() {
    return EditDistance.nearest(
        start(reference),
        chain.revisions(),
        revision -> start(chain.displayName(revision)),
        NEAREST);
  }

  private static String start(String name) {
    return name.substring(0, Math.min(name.length(), COMPARED_LENGTH));
  }

  private static String list(List<Revision> revisions, Function<Revision, String> name) {
    return revisions.isEmpty()
        ? "none, for the chain is empty"
        : revisions.stream().map(name).limit(5).collect(Collectors.joining(", "));
  }
}
