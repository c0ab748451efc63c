// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Pairs of a missing revision and an applied entry that differ in their paths only. An entry of a
 * pair is not a newer migration: undoing it would undo what this version needs.
 *
 * @param pairs in the order in which they were recorded; may be empty
 */
public record MovedChangesets(List<MovedChangeset> pairs) {

  /** No pairs. */
  static final MovedChangesets NONE = new MovedChangesets(List.of());

  /**
   * Returns the unknown entries of a history that differ from a missing line in their path only.
   */
  static MovedChangesets in(ChainHistory history, RevisionChain chain) {
    List<HistoryEntry> unknown = history.unknown();
    if (unknown.isEmpty()) {
      return NONE;
    }
    Map<String, Integer> missing = new HashMap<>();
    BitSet positions = history.missing(chain.all(), chain.all());
    for (int i = positions.nextSetBit(0); i >= 0; i = positions.nextSetBit(i + 1)) {
      Optional<ChangesetKey> key = chain.revision(i).changeset();
      if (key.isPresent()) {
        missing.put(withoutPath(key.get()), i);
      }
    }
    List<MovedChangeset> moved = new ArrayList<>();
    for (HistoryEntry entry : unknown) {
      Optional<ChangesetKey> key = ChangesetKey.parse(entry.name());
      Integer position = key.isEmpty() ? null : missing.get(withoutPath(key.get()));
      if (position != null && entry.outcome().isInEffect()) {
        String path = chain.revision(position).changeset().orElseThrow().path();
        moved.add(new MovedChangeset(history.name(position), path, entry));
      }
    }
    return new MovedChangesets(moved);
  }

  private static String withoutPath(ChangesetKey key) {
    return key.id() + "::" + key.author();
  }

  /** Returns whether {@code entry} is part of a pair. */
  public boolean contains(HistoryEntry entry) {
    return pairs.stream().anyMatch(pair -> pair.entry().equals(entry));
  }

  /**
   * Returns whether every one of {@code revisions} is part of a pair; false if there are no pairs.
   */
  public boolean covers(List<String> revisions) {
    return !pairs.isEmpty()
        && pairs.stream().map(MovedChangeset::revision).toList().containsAll(revisions);
  }

  /**
   * Returns whether all recorded paths lack, or have in addition, one and the same leading folder.
   * Then Liquibase was started in another folder or with another search path, and no file was
   * moved.
   */
  public boolean isOtherChangelogFile() {
    Set<List<String>> prefixes = new HashSet<>();
    for (MovedChangeset pair : pairs) {
      prefixes.add(prefixes(pair.path(), Objects.requireNonNullElse(pair.entry().path(), "")));
    }
    return prefixes.size() == 1 && prefixes.iterator().next().contains("");
  }

  /** Returns what precedes the longest common suffix of both paths. */
  private static List<String> prefixes(String expected, String recorded) {
    String longer = expected.length() > recorded.length() ? expected : recorded;
    String shorter = expected.length() > recorded.length() ? recorded : expected;
    if (!longer.endsWith("/" + shorter)) {
      return List.of(expected, recorded);
    }
    String prefix = longer.substring(0, longer.length() - shorter.length());
    return longer.equals(expected) ? List.of(prefix, "") : List.of("", prefix);
  }

  /** Returns the cause in one sentence. */
  public String why() {
    MovedChangeset first = pairs.get(0);
    return isOtherChangelogFile()
        ? "Liquibase was run with another --changelog-file: it recorded "
            + first.entry().path()
            + ", and the chain has "
            + first.path()
        : NameList.of(pairs.stream().map(MovedChangeset::revision).toList())
            + (pairs.size() == 1 ? " is" : " are")
            + " recorded under another path";
  }

  /** Returns the actions that make database and chain agree, the first choice first. */
  public List<String> actions() {
    MovedChangeset first = pairs.get(0);
    String more =
        pairs.size() == 1 ? "" : " (the notes of the status name " + (pairs.size() - 1) + " more)";
    if (!isOtherChangelogFile()) {
      return List.of(first.action() + more);
    }
    List<String> actions = new ArrayList<>();
    actions.add(
        "generate the chain from the --changelog-file that Liquibase is run with, and run no"
            + " migration before that: with the path of the chain, Liquibase runs all of them again");
    actions.add(
        "if Liquibase shall use the path of the chain, stop it, set FILENAME of these rows to that"
            + " path ("
            + first.entry().path()
            + " to "
            + first.path()
            + ")"
            + more
            + ", and run it with that path only");
    return actions;
  }
}
