// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryReading.History;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A history laid onto the chain: the latest entry of every line, and the entries that no line
 * knows. Entries that {@code Paths:} gives to other applications are left out.
 */
final class PlacedHistory {

  private final RevisionChain chain;
  private final String dbms;
  private final @Nullable HistoryEntry[] latest;
  private final Map<String, HistoryEntry> unknown = new LinkedHashMap<>();
  private final Map<String, Integer> unknownShortNames = new HashMap<>();
  private final BitSet applied = new BitSet();
  private final BitSet failed = new BitSet();
  private boolean hasEntries;

  PlacedHistory(RevisionChain chain, History history, PathPatterns paths) {
    this.chain = chain;
    this.dbms = history.place().dbms();
    this.latest = new HistoryEntry[chain.revisions().size()];
    for (HistoryEntry entry : history.entries()) {
      place(entry, paths.isOurs(entry));
    }
    for (HistoryEntry entry : unknown.values()) {
      unknownShortNames.merge(entry.shortName(), 1, Integer::sum);
    }
  }

  private void place(HistoryEntry entry, boolean ours) {
    int position = chain.indexOfName(entry.name());
    if (position < 0) {
      position = chain.indexOfName(entry.shortName());
    }
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
      // Removed first, so that a later row moves its revision to the end.
      unknown.remove(entry.name());
      unknown.put(entry.name(), entry);
    } else {
      latest[position] = entry;
      applied.set(position, entry.outcome() == Outcome.APPLIED);
      failed.set(position, entry.outcome() == Outcome.FAILED);
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
    Map<Integer, List<Integer>> replaced = replacedLines();
    BitSet counted = (BitSet) applied.clone();
    boolean changed = !replaced.isEmpty();
    while (changed) {
      changed = false;
      for (Map.Entry<Integer, List<Integer>> squash : replaced.entrySet()) {
        if (!counted.get(squash.getKey()) && squash.getValue().stream().allMatch(counted::get)) {
          counted.set(squash.getKey());
          changed = true;
        }
      }
    }
    return counted;
  }

  /** By the line that they went into, the replaced lines that every database should have had. */
  private Map<Integer, List<Integer>> replacedLines() {
    Map<Integer, List<Integer>> replaced = new HashMap<>();
    List<Revision> revisions = chain.revisions();
    for (int i = 0; i < revisions.size(); i++) {
      Revision revision = revisions.get(i);
      String target = revision.replacedBy();
      if (target != null
          && !revision.optional()
          && !revision.retired()
          && revision.appliesOn(dbms)) {
        replaced.computeIfAbsent(chain.indexOfName(target), t -> new ArrayList<>()).add(i);
      }
    }
    return replaced;
  }

  /** The lines that a database of this product should have had. */
  boolean isDue(int position) {
    return chain.revisions().get(position).isDue(dbms);
  }

  /** The entry that was recorded last for a line, or null where there is none. */
  @Nullable HistoryEntry entry(int position) {
    return latest[position];
  }

  /** The entries that no line knows, in the order in which they were recorded last. */
  Collection<HistoryEntry> unknown() {
    return unknown.values();
  }

  /** Everything recorded as failed and not applied since, by name. Retired lines have no effect. */
  List<String> failed() {
    List<String> names = new ArrayList<>();
    failed.stream()
        .filter(position -> !chain.revisions().get(position).retired())
        .forEach(position -> names.add(name(position)));
    unknown.values().stream()
        .filter(entry -> entry.outcome() == Outcome.FAILED)
        .forEach(entry -> names.add(name(entry)));
    return names;
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
  List<String> movedFiles(BitSet counted) {
    Map<String, Revision> missing = new HashMap<>();
    for (int i = counted.nextClearBit(0);
        i < chain.revisions().size();
        i = counted.nextClearBit(i + 1)) {
      Revision revision = chain.revisions().get(i);
      revision.changeset().ifPresent(k -> missing.put(k.id() + "::" + k.author(), revision));
    }
    List<String> notes = new ArrayList<>();
    for (HistoryEntry entry : unknown.values()) {
      ChangesetKey.parse(entry.name())
          .map(key -> missing.get(key.id() + "::" + key.author()))
          .ifPresent(
              revision ->
                  notes.add(
                      entry.name()
                          + " is recorded; this version has the same id and author as "
                          + revision.name()
                          + ": a moved file? Add was=OLD KEY to its line, or a logicalFilePath"));
    }
    return notes;
  }
}
