// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a migration does to versions of the application that are older than it. What it creates
 * itself is unknown to them, so that a constraint on a new table breaks nobody. Immutable.
 *
 * @param revision the migration's name, as in the chain
 * @param consequences what each of its changes does, in their order; none where it changes nothing
 */
public record RevisionImpact(String revision, List<Consequence> consequences) {

  /** Copies the list. */
  public RevisionImpact {
    consequences = List.copyOf(consequences);
  }

  /** The effect of a migration that makes these changes, in their order. */
  public static RevisionImpact of(String revision, List<SchemaChange> changes) {
    NewObjects created = new NewObjects();
    List<Consequence> consequences = new ArrayList<>();
    for (SchemaChange change : changes) {
      consequences.add(created.consequence(change));
    }
    return new RevisionImpact(revision, consequences);
  }

  /** The worst of its consequences. */
  public Impact effect() {
    Impact worst = Impact.EXPAND;
    for (Consequence consequence : consequences) {
      worst = worst.and(consequence.effect());
    }
    return worst;
  }

  /** The reasons for {@link #effect}, each once. */
  public List<String> reasons() {
    Impact worst = effect();
    return consequences.stream()
        .filter(consequence -> consequence.effect() == worst)
        .map(Consequence::reason)
        .distinct()
        .toList();
  }

  /** This and {@code other} as one, as where two changesets share a name. */
  public RevisionImpact and(RevisionImpact other) {
    return new RevisionImpact(
        revision, Stream.concat(consequences.stream(), other.consequences.stream()).toList());
  }
}
