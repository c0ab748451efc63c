// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.Numbering;
import dev.schemaguard.tool.Tools;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The histories that a database has one after the other while everything that a version expects is
 * applied to it, as its tool would record them. Immutable.
 */
public final class UpgradeStates {

  private final RevisionChain chain;
  private final PathPatterns paths;
  private final History start;
  private final ChainHistory placed;
  private final List<Integer> path;
  private final Map<String, String> comments;

  /**
   * Creates the states of an upgrade.
   *
   * @param row the row of the version whose migrations are applied
   * @param paths the patterns of the paths that belong to its application
   * @param start the history before the upgrade
   * @param order the names of the migrations in the order in which the tool applies them; those of
   *     the chain that are not in it keep the chain's order, behind
   * @param comments the comments that the tool will record, by the migrations' names
   */
  public UpgradeStates(
      ResolvedRow row,
      PathPatterns paths,
      History start,
      List<String> order,
      Map<String, String> comments) {
    this.chain = row.chain();
    this.paths = paths;
    this.start = start;
    this.comments = Map.copyOf(comments);
    this.placed = new ChainHistory(chain, start, paths);
    this.path = path(row, order);
  }

  private List<Integer> path(ResolvedRow row, List<String> order) {
    List<Integer> lines = new ArrayList<>();
    placed.missing(row.upToExpected(), row.upToExpected()).stream().forEach(lines::add);
    Numbering numbering = Tools.numbering(start.place().tool());
    if (numbering != null) {
      lines.sort(
          Comparator.comparing(
              line -> numbering.parse(chain.revision(line).name()).orElse(null),
              Comparator.nullsLast(Comparator.<MigrationVersion>naturalOrder())));
    } else if (!order.isEmpty()) {
      lines.sort(Comparator.comparingInt(line -> rank(order, line)));
    }
    return List.copyOf(lines);
  }

  private int rank(List<String> order, int line) {
    Revision revision = chain.revision(line);
    int rank = order.indexOf(revision.name());
    return rank >= 0 ? rank : order.size();
  }

  /** Returns the revisions that are applied, in their order. */
  public List<Revision> path() {
    return path.stream().map(chain::revision).toList();
  }

  /** Returns the name under which a revision is shown to people. */
  public String shown(Revision revision) {
    return chain.displayName(revision);
  }

  /** Returns the comment that the tool records for a revision; null if none is known. */
  public @Nullable String comment(Revision revision) {
    String known = comments.get(revision.name());
    return known != null ? known : Tools.commentOf(revision, start.place().tool());
  }

  /**
   * Returns the history after the first {@code count} revisions of the path.
   *
   * @param count from 0 to the length of the path
   */
  public History after(int count) {
    HistoryPlace place = start.place();
    if (count == 0) {
      return start;
    }
    if (Tools.recordsHeads(place.tool())) {
      return new History(place, heads(count));
    }
    List<HistoryEntry> entries = new ArrayList<>();
    boolean newest = Tools.recordsPositionOnly(place.tool()) || Tools.holdsNewestVersion(start);
    if (newest) {
      Revision last = chain.revision(path.get(count - 1));
      entries.add(entry(last, Outcome.BASELINE, null));
      entries.add(entry(last, Outcome.APPLIED, null));
    } else {
      entries.addAll(start.entries());
      for (int line : path.subList(0, count)) {
        Revision revision = chain.revision(line);
        entries.add(entry(revision, Outcome.APPLIED, comment(revision)));
      }
    }
    return new History(place, entries);
  }

  /**
   * Returns those of the first {@code count} revisions of the path that none of the others builds
   * on, in their order.
   */
  public List<Revision> headsOf(int count) {
    BitSet before = new BitSet();
    for (int line : path.subList(0, count)) {
      BitSet up = chain.upTo(chain.revision(line));
      up.clear(line);
      before.or(up);
    }
    return path.subList(0, count).stream()
        .filter(line -> !before.get(line))
        .map(chain::revision)
        .toList();
  }

  /** Returns what no other applied revision follows, and the heads that are in no line. */
  private List<HistoryEntry> heads(int count) {
    BitSet applied = (BitSet) placed.applied().clone();
    if (placed.heads().isEmpty()) {
      applied.clear();
    }
    path.subList(0, count).forEach(applied::set);
    BitSet heads = (BitSet) applied.clone();
    applied.stream()
        .forEach(
            line -> {
              BitSet before = chain.upTo(chain.revision(line));
              before.clear(line);
              heads.andNot(before);
            });
    List<HistoryEntry> entries = new ArrayList<>();
    for (HistoryEntry entry : start.entries()) {
      if (placed.position(entry) < 0 && paths.isOurs(entry)) {
        entries.add(entry);
      }
    }
    heads.stream().forEach(line -> entries.add(entry(chain.revision(line), Outcome.HEAD, null)));
    return entries;
  }

  private static HistoryEntry entry(Revision revision, Outcome outcome, @Nullable String comment) {
    return new HistoryEntry(
        ChangesetKey.canonical(revision.name()),
        revision.shortName(),
        revision.changeset().map(ChangesetKey::path).orElse(null),
        outcome,
        false,
        null,
        comment,
        null);
  }

  /**
   * Returns the history of a database to which everything was applied that a version expects.
   *
   * @param row the version's row
   * @param place where the history is; its tool determines its form
   */
  public static History head(ResolvedRow row, HistoryPlace place) {
    UpgradeStates states =
        new UpgradeStates(
            row, PathPatterns.ALL, new History(place, List.of()), List.of(), Map.of());
    return states.after(states.path.size());
  }

  /** Returns the judgement of a version on one of its own revisions; null if it is not ahead. */
  public static @Nullable AheadRevision ahead(Assessment assessment, Revision revision) {
    String name = ChangesetKey.canonical(revision.name());
    for (AheadRevision ahead : assessment.comparison().ahead()) {
      if (Objects.equals(ahead.entry().name(), name)) {
        return ahead;
      }
    }
    return null;
  }
}
