// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.matrix.NumberedChain;
import dev.schemaguard.matrix.Numbering;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.Tools;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A history mapped onto the chain: the latest entry of every line, and the entries that are in no
 * line. Entries that {@code Paths:} assigns to other applications are left out.
 */
public final class ChainHistory {

  private final RevisionChain chain;
  private final String dbms;
  private final @Nullable NumberedChain numbered;
  private final @Nullable HistoryEntry[] latest;
  private final BitSet failed = new BitSet();
  private final LatestEntries<String> unknown = new LatestEntries<>();
  private final Set<String> sharedShortNames = new HashSet<>();
  private final BitSet applied = new BitSet();
  private final BitSet heads = new BitSet();
  private final BitSet dirty = new BitSet();
  private final boolean newestVersion;
  private final BitSet counted;
  private int likely;
  private boolean recordsHeads;
  private boolean hasEntries;

  /** Maps the entries of a history that belong to this application onto a chain. */
  public ChainHistory(RevisionChain chain, History history, PathPatterns paths) {
    this.chain = chain;
    this.dbms = history.place().dbms();
    this.newestVersion = Tools.holdsNewestVersion(history);
    this.latest = new HistoryEntry[chain.size()];
    Numbering numbering = Tools.numbering(history.place().tool());
    this.numbered = numbering == null ? null : new NumberedChain(chain, numbering, dbms);
    for (HistoryEntry entry : history.entries()) {
      place(entry, paths.isOurs(entry));
    }
    if (recordsHeads && heads.isEmpty()) {
      // The unknown head was created by a version that had this chain to build on.
      cover(chain.all(), -1, unknown.all().iterator().next());
    }
    Set<String> unknownShortNames = new HashSet<>();
    for (HistoryEntry entry : unknown.all()) {
      if (!unknownShortNames.add(entry.shortName())) {
        sharedShortNames.add(entry.shortName());
      }
    }
    this.counted = withSquashes();
  }

  private void place(HistoryEntry entry, boolean ours) {
    if (entry.outcome() == Outcome.BASELINE && (numbered != null || newestVersion)) {
      if (ours) {
        placeBaseline(entry);
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
    recordsHeads |= entry.outcome() == Outcome.HEAD;
    if (position < 0) {
      unknown.add(entry.name(), entry);
    } else if (entry.outcome() == Outcome.HEAD) {
      heads.set(position);
      cover(chain.upTo(chain.revision(position)), position, entry);
    } else {
      add(position, entry);
    }
  }

  /**
   * Marks lines as applied because of an entry. A line for another database is marked only if it is
   * the entry's own.
   */
  private void cover(BitSet lines, int own, HistoryEntry entry) {
    for (int i = lines.nextSetBit(0); i >= 0; i = lines.nextSetBit(i + 1)) {
      if (i == own) {
        add(i, entry);
      } else if (chain.revision(i).appliesOn(dbms)) {
        add(i, standingFor(chain.revision(i), entry));
      }
    }
  }

  /**
   * Returns an entry of the line's own, so that an operator who accepts {@code entry} by name does
   * not accept all of these lines.
   */
  private static HistoryEntry standingFor(Revision line, HistoryEntry entry) {
    return new HistoryEntry(
        line.name(),
        line.shortName(),
        entry.path(),
        entry.outcome(),
        entry.rerun(),
        entry.recordedAt(),
        entry.comment(),
        entry.tag());
  }

  /**
   * Adds the next entry of a line. A later row replaces an earlier one, but a failure remains a
   * failure until the revision is applied.
   */
  private void add(int position, HistoryEntry entry) {
    latest[position] = entry;
    boolean inEffect = entry.outcome().isInEffect();
    applied.set(position, inEffect);
    dirty.set(position, newestVersion && !inEffect);
    if (entry.outcome().isFailure()) {
      failed.set(position);
    } else if (inEffect && !failed.isEmpty()) {
      failed.clear(position);
    }
  }

  /** Returns the line of an entry, or -1. */
  public int position(HistoryEntry entry) {
    if (numbered != null) {
      return MigrationVersion.parse(entry.name()).map(numbered::indexOf).orElse(-1);
    }
    int position = chain.indexOfName(entry.name(), likely);
    likely = position + 1;
    return position < 0 ? chain.indexOfName(entry.shortName()) : position;
  }

  /**
   * Places a baseline, which represents every line up to it. Beyond the chain it is a revision of
   * its own.
   */
  private void placeBaseline(HistoryEntry entry) {
    hasEntries = true;
    int position = position(entry);
    boolean beyond = position < 0;
    if (numbered != null) {
      MigrationVersion version = MigrationVersion.parse(entry.name()).orElseThrow();
      cover(numbered.upTo(version), position, entry);
      beyond = numbered.endsBelow(version);
    } else if (position >= 0) {
      cover(chain.upTo(chain.revision(position)), position, entry);
    } else {
      cover(new VersionOrder(chain).notAbove(entry.name()), -1, entry);
    }
    if (beyond) {
      unknown.add(entry.name(), entry);
    }
  }

  /** Returns whether the tool records the newest version only; nothing below it can be missing. */
  boolean holdsNewestVersion() {
    return newestVersion;
  }

  boolean hasEntries() {
    return hasEntries;
  }

  /** Returns whether the tool records the heads of what is applied, and nothing below them. */
  boolean recordsHeads() {
    return recordsHeads;
  }

  /** Returns the lines of the heads that are in the chain. */
  public BitSet heads() {
    return heads;
  }

  /** Returns the lines that are applied themselves, not only through squashes. */
  public BitSet applied() {
    return applied;
  }

  /**
   * Returns the line of a version that was begun and has not succeeded, if the tool records no
   * other version. It is not applied, but a database whose version lies beyond the expected one is
   * ahead.
   */
  BitSet dirty() {
    return dirty;
  }

  /**
   * Returns the lines that count as applied: those that are applied, and those that replace applied
   * ones.
   */
  BitSet counted() {
    return counted;
  }

  private BitSet withSquashes() {
    Map<Integer, List<Integer>> squashes = new TreeMap<>();
    for (int i : chain.attributedPositions()) {
      int target = replacement(i);
      if (target >= 0 && isOfUse(i)) {
        squashes.computeIfAbsent(target, t -> new ArrayList<>()).add(i);
      }
    }
    BitSet all = (BitSet) applied.clone();
    boolean changed = !squashes.isEmpty();
    while (changed) {
      changed = false;
      for (Map.Entry<Integer, List<Integer>> squash : squashes.entrySet()) {
        if (!all.get(squash.getKey()) && areIn(all, squash.getValue())) {
          all.set(squash.getKey());
          changed = true;
        }
      }
    }
    return all;
  }

  private static boolean areIn(BitSet set, List<Integer> positions) {
    for (int position : positions) {
      if (!set.get(position)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether a database of this product should have this line, or should have had it once.
   */
  boolean isOfUse(int position) {
    Revision said = chain.attributed(position);
    return said == null || (!said.optional() && !said.retired() && said.appliesOn(dbms));
  }

  /** Returns the line that a line was squashed into, or -1. */
  int replacement(int position) {
    Revision said = chain.attributed(position);
    String target = said == null ? null : said.replacedBy();
    return target == null ? -1 : chain.indexOfName(target);
  }

  /**
   * Returns the lines out of {@code scope} that a database of this product lacks. A line that was
   * squashed is represented by its replacement within {@code expected}.
   */
  public BitSet missing(BitSet scope, BitSet expected) {
    BitSet missing = new BitSet();
    BitSet lacking = (BitSet) scope.clone();
    lacking.andNot(counted);
    for (int i = lacking.nextSetBit(0); i >= 0; i = lacking.nextSetBit(i + 1)) {
      int due = isOfUse(i) ? heir(i, expected) : -1;
      if (due >= 0 && isOfUse(due)) {
        missing.set(due);
      }
    }
    return missing;
  }

  /**
   * Returns the line that would bring the effect of another: the last expected line that it was
   * squashed into. If no such line is expected, because the version was built before the squash, it
   * is the line itself. Negative if the effect has already been applied.
   */
  private int heir(int position, BitSet expected) {
    int heir = position;
    int at = position;
    while (at >= 0 && !counted.get(at)) {
      heir = expected.get(at) ? at : heir;
      at = replacement(at);
    }
    return at >= 0 ? -1 : heir;
  }

  /** Returns the entry that was recorded last for a line, or null if there is none. */
  @Nullable HistoryEntry entry(int position) {
    return latest[position];
  }

  /**
   * Returns the applied entries that are in no line, in the order in which they were last recorded.
   * If the tool records the newest version only, a version that was begun is included.
   */
  public List<HistoryEntry> unknown() {
    return newestVersion ? unknown.begun() : unknown.applied();
  }

  /**
   * Returns the names of everything recorded as failed and not applied since. Retired lines are
   * ignored.
   */
  List<String> failed() {
    List<String> names = new ArrayList<>();
    for (int i = failed.nextSetBit(0); i >= 0; i = failed.nextSetBit(i + 1)) {
      if (!chain.isRetired(i)) {
        names.add(name(i));
      }
    }
    for (HistoryEntry entry : unknown.failed()) {
      names.add(name(entry));
    }
    return names;
  }

  /**
   * Returns whether any of these lines, or a repeatable migration, which belongs to no version, is
   * recorded as failed and not applied since.
   */
  boolean anyFailed(BitSet scope) {
    for (int i = failed.nextSetBit(0); i >= 0; i = failed.nextSetBit(i + 1)) {
      if (scope.get(i) && !chain.isRetired(i)) {
        return true;
      }
    }
    for (HistoryEntry entry : unknown.failed()) {
      if (isRepeatable(entry)) {
        return true;
      }
    }
    return false;
  }

  private boolean isRepeatable(HistoryEntry entry) {
    return numbered != null && MigrationVersion.parse(entry.name()).isEmpty();
  }

  /** Returns the display name of the revision at a position. */
  public String name(int position) {
    return chain.displayName(chain.revision(position));
  }

  /** Returns the display names of the revisions at these positions, in the order of the chain. */
  public List<String> names(BitSet positions) {
    List<String> names = new ArrayList<>(positions.cardinality());
    for (int i = positions.nextSetBit(0); i >= 0; i = positions.nextSetBit(i + 1)) {
      names.add(name(i));
    }
    return names;
  }

  /** Returns the name of an unknown entry: its short name, unless that is ambiguous. */
  public String name(HistoryEntry entry) {
    boolean ambiguous =
        chain.showsWholeNames()
            || entry.shortName().isBlank()
            || sharedShortNames.contains(entry.shortName())
            || chain.indexOfShortName(entry.shortName()) >= 0;
    return ambiguous ? entry.name() : entry.shortName();
  }

  /** Returns the unknown entries that differ from a missing line in their path only. */
  List<MovedChangeset> moved() {
    List<HistoryEntry> unknownEntries = unknown.applied();
    if (unknownEntries.isEmpty()) {
      return List.of();
    }
    Map<String, Integer> missing = new HashMap<>();
    BitSet positions = missing(chain.all(), chain.all());
    for (int i = positions.nextSetBit(0); i >= 0; i = positions.nextSetBit(i + 1)) {
      Optional<ChangesetKey> key = chain.revision(i).changeset();
      if (key.isPresent()) {
        missing.put(withoutPath(key.get()), i);
      }
    }
    List<MovedChangeset> moved = new ArrayList<>();
    for (HistoryEntry entry : unknownEntries) {
      Optional<ChangesetKey> key = ChangesetKey.parse(entry.name());
      Integer position = key.isEmpty() ? null : missing.get(withoutPath(key.get()));
      if (position != null) {
        String path = chain.revision(position).changeset().orElseThrow().path();
        moved.add(new MovedChangeset(name(position), path, entry));
      }
    }
    return moved;
  }

  private static String withoutPath(ChangesetKey key) {
    return key.id() + "::" + key.author();
  }
}
