// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The effects of a migration on versions of the application that are older than it. Objects that
 * the migration itself creates are unknown to those versions, so a constraint on a new table breaks
 * none of them. Immutable.
 *
 * @param revision the migration's name, as in the revision chain
 * @param consequences the effects of its changes, in their order; empty if it changes nothing
 */
public record RevisionImpact(String revision, List<Consequence> consequences) {

  /** Copies the list. */
  public RevisionImpact {
    consequences = List.copyOf(consequences);
  }

  /** Returns the effects of a migration that makes these changes, in their order. */
  public static RevisionImpact of(String revision, List<SchemaChange> changes) {
    NewObjects created = new NewObjects();
    List<Consequence> consequences = new ArrayList<>();
    for (SchemaChange change : changes) {
      consequences.add(created.consequence(change));
    }
    return new RevisionImpact(revision, consequences);
  }

  /** Returns the worst impact of its consequences. */
  public Impact impact() {
    Impact worst = Impact.EXPAND;
    for (Consequence consequence : consequences) {
      worst = worst.and(consequence.impact());
    }
    return worst;
  }

  /** Returns the reasons for {@link #impact}, without duplicates. */
  public List<String> reasons() {
    Impact worst = impact();
    return consequences.stream()
        .filter(consequence -> consequence.impact() == worst)
        .map(Consequence::reason)
        .distinct()
        .toList();
  }

  /** Combines this and {@code other}, for two changesets that share a name. */
  public RevisionImpact and(RevisionImpact other) {
    return new RevisionImpact(
        revision, Stream.concat(consequences.stream(), other.consequences.stream()).toList());
  }
}
