// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.Tools;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A history mapped onto the chain: the latest entry of every line, and the entries that are in no
 * line. Entries that {@code Paths:} assigns to other applications are left out.
 */
public final class ChainHistory {

  private final RevisionChain chain;
  private final String dbms;
  private final EntryLines lines;
  private final SquashedLines squashed;
  private final @Nullable HistoryEntry[] latest;
  private final BitSet failed = new BitSet();
  private final LatestEntries<String> unknown = new LatestEntries<>();
  private final LineNames names;
  private final BitSet applied = new BitSet();
  private final BitSet heads = new BitSet();
  private final BitSet dirty = new BitSet();
  private final boolean newestVersion;
  private final BitSet counted;
  private boolean recordsHeads;
  private boolean hasEntries;

  /** Maps the entries of a history that belong to this application onto a chain. */
  public ChainHistory(RevisionChain chain, History history, PathPatterns paths) {
    this.chain = chain;
    this.dbms = history.place().dbms();
    this.newestVersion = Tools.holdsNewestVersion(history);
    this.latest = new HistoryEntry[chain.size()];
    this.lines = new EntryLines(chain, history.place());
    this.squashed = new SquashedLines(chain, dbms);
    for (HistoryEntry entry : history.entries()) {
      place(entry, paths.isOurs(entry));
    }
    if (recordsHeads && heads.isEmpty()) {
      // The unknown head was created by a version that had this chain to build on.
      cover(chain.all(), -1, unknown.all().iterator().next());
    }
    this.names = new LineNames(chain, unknown.all());
    this.counted = squashed.withReplacements(applied);
  }

  private void place(HistoryEntry entry, boolean ours) {
    if (entry.outcome() == Outcome.BASELINE && (lines.areNumbered() || newestVersion)) {
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
  private void cover(BitSet positions, int own, HistoryEntry entry) {
    for (int i = positions.nextSetBit(0); i >= 0; i = positions.nextSetBit(i + 1)) {
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
    return lines.of(entry);
  }

  /**
   * Places a baseline, which represents every line up to it. Beyond the chain it is a revision of
   * its own.
   */
  private void placeBaseline(HistoryEntry entry) {
    hasEntries = true;
    cover(lines.upToBaseline(entry), lines.of(entry), entry);
    if (lines.isBeyondChain(entry)) {
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

  /**
   * Returns whether a database of this product should have this line, or should have had it once.
   */
  boolean isOfUse(int position) {
    return squashed.isOfUse(position);
  }

  /** Returns the line that a line was squashed into, or -1. */
  int replacement(int position) {
    return squashed.replacement(position);
  }

  /**
   * Returns the lines out of {@code scope} that a database of this product lacks. A line that was
   * squashed is represented by its replacement within {@code expected}.
   */
  public BitSet missing(BitSet scope, BitSet expected) {
    return squashed.missing(scope, expected, counted);
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
    List<String> failures = new ArrayList<>();
    for (int i = failed.nextSetBit(0); i >= 0; i = failed.nextSetBit(i + 1)) {
      if (!chain.isRetired(i)) {
        failures.add(name(i));
      }
    }
    for (HistoryEntry entry : unknown.failed()) {
      failures.add(name(entry));
    }
    return failures;
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
      if (lines.isRepeatable(entry)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the display name of the revision at a position. */
  public String name(int position) {
    return names.of(position);
  }

  /** Returns the display names of the revisions at these positions, in the order of the chain. */
  public List<String> names(BitSet positions) {
    return names.of(positions);
  }

  /** Returns the name of an unknown entry: its short name, unless that is ambiguous. */
  public String name(HistoryEntry entry) {
    return names.of(entry);
  }
}
