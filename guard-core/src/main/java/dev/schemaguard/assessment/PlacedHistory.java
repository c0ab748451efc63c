// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryReading.History;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.matrix.NumberedChain;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A history laid onto the chain: the latest entry of every line, and the entries that no line
 * knows. Entries that {@code Paths:} gives to other applications are left out.
 */
final class PlacedHistory {

  private final RevisionChain chain;
  private final String dbms;
  private final @Nullable NumberedChain numbered;
  private final LatestEntries<Integer> lines = new LatestEntries<>();
  private final LatestEntries<String> unknown = new LatestEntries<>();
  private final Map<String, Integer> unknownShortNames = new HashMap<>();
  private final BitSet applied = new BitSet();
  private final BitSet counted;
  private boolean hasEntries;

  PlacedHistory(RevisionChain chain, History history, PathPatterns paths) {
    this.chain = chain;
    this.dbms = history.place().dbms();
    this.numbered = history.place().comparesNumbers() ? new NumberedChain(chain, dbms) : null;
    for (HistoryEntry entry : history.entries()) {
      place(entry, paths.isOurs(entry));
    }
    for (int i = 0; i < chain.revisions().size(); i++) {
      applied.set(i, lines.isApplied(i));
    }
    for (HistoryEntry entry : unknown.all()) {
      unknownShortNames.merge(entry.shortName(), 1, Integer::sum);
    }
    this.counted = withSquashes();
  }

  private void place(HistoryEntry entry, boolean ours) {
    if (entry.outcome() == Outcome.BASELINE && numbered != null) {
      if (ours) {
        placeBaseline(entry, numbered);
      }
      return;
    }
    int position = position(entry);
    if (!ours && position >= 0) {
      throw new ConfigurationException(
          chain.origin(),
          "the database has " + entry.name() + ", which is in the chain but outside Paths:",
          "Widen Paths: in the matrix so that it covers all of the chain.");
    }
    if (!ours) {
      return;
    }
    hasEntries = true;
    if (position < 0) {
      unknown.add(entry.name(), entry);
    } else {
      lines.add(position, entry);
    }
  }

  private int position(HistoryEntry entry) {
    if (numbered != null) {
      return MigrationVersion.parse(entry.name()).map(numbered::indexOf).orElse(-1);
    }
    int position = chain.indexOfName(entry.name());
    return position < 0 ? chain.indexOfName(entry.shortName()) : position;
  }

  /** A baseline stands for every line up to it; beyond the chain it is a revision of its own. */
  private void placeBaseline(HistoryEntry entry, NumberedChain numbers) {
    hasEntries = true;
    MigrationVersion version = MigrationVersion.parse(entry.name()).orElseThrow();
    numbers.upTo(version).stream()
        .filter(i -> chain.revisions().get(i).appliesOn(dbms) || numbers.indexOf(version) == i)
        .forEach(i -> lines.add(i, entry));
    if (numbers.endsBelow(version)) {
      unknown.add(entry.name(), entry);
    }
  }

  boolean hasEntries() {
    return hasEntries;
  }

  /** The lines that are applied themselves. */
  BitSet applied() {
    return applied;
  }

  /** The lines that count as applied: those that are, and those into which applied ones went. */
  BitSet counted() {
    return counted;
  }

  private BitSet withSquashes() {
    Map<Integer, List<Integer>> squashes = new TreeMap<>();
    for (int i = 0; i < chain.revisions().size(); i++) {
      String target = chain.revisions().get(i).replacedBy();
      if (target != null && isOfUse(i)) {
        squashes.computeIfAbsent(chain.indexOfName(target), t -> new ArrayList<>()).add(i);
      }
    }
    BitSet all = (BitSet) applied.clone();
    boolean changed = !squashes.isEmpty();
    while (changed) {
      changed = false;
      for (Map.Entry<Integer, List<Integer>> squash : squashes.entrySet()) {
        if (!all.get(squash.getKey()) && squash.getValue().stream().allMatch(all::get)) {
          all.set(squash.getKey());
          changed = true;
        }
      }
    }
    return all;
  }

  /** Whether a database of this product should have, or once have had, this line. */
  private boolean isOfUse(int position) {
    Revision revision = chain.revisions().get(position);
    return !revision.optional() && !revision.retired() && revision.appliesOn(dbms);
  }

  /**
   * The lines that a database of this product lacks, out of {@code scope}; for a line that was
   * squashed, the one within {@code expected} that it went into.
   */
  BitSet missing(BitSet scope, BitSet expected) {
    BitSet missing = new BitSet();
    for (int i = scope.nextSetBit(0); i >= 0; i = scope.nextSetBit(i + 1)) {
      int due = isOfUse(i) ? heir(i, expected) : -1;
      if (due >= 0 && isOfUse(due)) {
        missing.set(due);
      }
    }
    return missing;
  }

  /**
   * The line that would bring the effect of another: the last that it was squashed into and that is
   * expected; or itself, where none is, as for a version that was built before the squash. Negative
   * where the effect is there already.
   */
  private int heir(int position, BitSet expected) {
    int heir = position;
    int at = position;
    while (at >= 0 && !counted.get(at)) {
      heir = expected.get(at) ? at : heir;
      String target = chain.revisions().get(at).replacedBy();
      at = target == null ? -1 : chain.indexOfName(target);
    }
    return at >= 0 ? -1 : heir;
  }

  /** The entry that was recorded last for a line, or null where there is none. */
  @Nullable HistoryEntry entry(int position) {
    return lines.get(position);
  }

  /** The applied entries that no line knows, in the order in which they were recorded last. */
  List<HistoryEntry> unknown() {
    return unknown.applied();
  }

  /** Everything recorded as failed and not applied since, by name. Retired lines have no effect. */
  List<String> failed() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < chain.revisions().size(); i++) {
      if (lines.isFailed(i) && !chain.revisions().get(i).retired()) {
        names.add(name(i));
      }
    }
    unknown.failed().forEach(entry -> names.add(name(entry)));
    return names;
  }

  /**
   * Whether any of these lines is recorded as failed and not applied since, or what belongs to no
   * version in particular.
   */
  boolean anyFailed(BitSet scope) {
    return scope.stream().anyMatch(i -> lines.isFailed(i) && !chain.revisions().get(i).retired())
        || unknown.failed().stream().anyMatch(this::isRepeatable);
  }

  private boolean isRepeatable(HistoryEntry entry) {
    return numbered != null && MigrationVersion.parse(entry.name()).isEmpty();
  }

  String name(int position) {
    return chain.displayName(chain.revisions().get(position));
  }

  List<String> names(BitSet positions) {
    return positions.stream().mapToObj(this::name).toList();
  }

  /** An unknown entry's name: its short one, unless that could be taken for something else. */
  String name(HistoryEntry entry) {
    boolean ambiguous =
        chain.showsWholeNames()
            || entry.shortName().isBlank()
            || unknownShortNames.getOrDefault(entry.shortName(), 0) > 1
            || chain.revisions().stream().anyMatch(r -> r.shortName().equals(entry.shortName()));
    return ambiguous ? entry.name() : entry.shortName();
  }

  /** Unknown entries that would be a missing line's, were it not for their path. */
  List<MovedChangeset> moved() {
    Map<String, Integer> missing = new HashMap<>();
    missing(chain.all(), chain.all()).stream()
        .forEach(
            position ->
                chain
                    .revisions()
                    .get(position)
                    .changeset()
                    .ifPresent(key -> missing.put(withoutPath(key), position)));
    List<MovedChangeset> moved = new ArrayList<>();
    for (HistoryEntry entry : unknown.applied()) {
      ChangesetKey.parse(entry.name())
          .map(key -> missing.get(withoutPath(key)))
          .ifPresent(position -> moved.add(new MovedChangeset(name(position), entry)));
    }
    return moved;
  }

  private static String withoutPath(ChangesetKey key) {
    return key.id() + "::" + key.author();
  }
}
