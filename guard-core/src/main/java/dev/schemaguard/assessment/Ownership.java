// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Numbering;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.Tools;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the history in a table, judged by its rows and the chain.
 *
 * @param owner the owner
 * @param evidence what the conclusion is based on, for people
 */
record Ownership(Owner owner, String evidence) {

  /** The possible owners of a history. */
  enum Owner {
    /** Every row is a line of the chain, or the table holds the whole chain up to a point. */
    THIS_APPLICATION,
    /** No row is a line of the chain. */
    ANOTHER_APPLICATION,
    /** It may be either of them. */
    UNDECIDED
  }

  /**
   * The number of common revisions that prove an owner. One revision that two applications share,
   * such as a generated one, proves nothing.
   */
  private static final int TELLING = 2;

  /**
   * Judges what was found in another place than the one where the history was expected.
   *
   * @param reading what the table holds; null if it was not read
   * @param chain null if none is bundled
   */
  static Ownership of(
      String tool,
      @Nullable HistoryResult reading,
      @Nullable RevisionChain chain,
      PathPatterns paths) {
    if (chain != null && chain.holdsChangesets() && !Tools.hasChangesets(tool)) {
      return another("the chain is Liquibase's");
    }
    if (reading instanceof Unreadable unreadable) {
      return undecided(unreadable.why());
    }
    if (!(reading instanceof History history)) {
      return undecided("it was not read");
    }
    if (chain == null) {
      return history.entries().isEmpty()
          ? another("it is empty")
          : undecided("no chain is bundled");
    }
    if (!canRecord(Tools.numbering(history.place().tool()), chain)) {
      return another("the chain's names are not the versions of this tool");
    }
    try {
      return new Rows(chain, history, paths).judge();
    } catch (ConfigurationException e) {
      return undecided(e.reason());
    }
  }

  private static boolean canRecord(@Nullable Numbering numbering, RevisionChain chain) {
    if (numbering != null) {
      for (int i = 0; i < chain.size(); i++) {
        Revision line = chain.revision(i);
        if (!line.retired() && numbering.parse(line.name()).isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  private static Ownership ours(String evidence) {
    return new Ownership(Owner.THIS_APPLICATION, evidence);
  }

  private static Ownership another(String evidence) {
    return new Ownership(Owner.ANOTHER_APPLICATION, evidence);
  }

  private static Ownership undecided(String evidence) {
    return new Ownership(Owner.UNDECIDED, evidence);
  }

  /** The rows of one table, compared with the lines of the chain. */
  private static final class Rows {

    private final RevisionChain chain;
    private final History history;
    private final PathPatterns paths;
    private final ChainHistory placed;
    private final Map<String, Integer> withoutPath = new HashMap<>();
    private final BitSet known = new BitSet();
    private int rows;
    private int unknown;

    Rows(RevisionChain chain, History history, PathPatterns paths) {
      this.chain = chain;
      this.history = history;
      this.paths = paths;
      this.placed = new ChainHistory(chain, history, paths);
      for (int i = 0; i < chain.size(); i++) {
        int line = i;
        chain
            .revision(i)
            .changeset()
            .ifPresent(key -> withoutPath.put(key.id() + "::" + key.author(), line));
      }
    }

    Ownership judge() {
      Numbering numbering = Tools.numbering(history.place().tool());
      for (HistoryEntry entry : history.entries()) {
        if (paths.isOurs(entry) && entry.outcome() != Outcome.SKIPPED) {
          add(entry);
        }
      }
      if (rows == 0) {
        return history.entries().isEmpty()
            ? another("it is empty")
            : another("no row is in Paths:");
      }
      if (numbering == Numbering.GOLANG_MIGRATE) {
        return undecided("it holds a number, which many applications have");
      }
      if (known.isEmpty()) {
        return unknown == 0
            ? undecided("it holds a baseline only")
            : another("none of its rows is in the chain");
      }
      return numbering != null && !hasDescriptions()
          ? undecided("its versions are in the chain, and the chain has no descriptions to compare")
          : judgeNamed();
    }

    private Ownership judgeNamed() {
      if (isNumber(history.entries())) {
        return undecided("it holds a number, which many applications have");
      }
      if (unknown == 0) {
        return ours("all of its rows are in the chain");
      }
      boolean telling = known.cardinality() >= Math.min(TELLING, chain.size());
      return telling && isCompleteSoFar()
          ? ours("it holds all of the chain up to " + placed.name(known.length() - 1))
          : undecided(
              known.cardinality()
                  + " of its "
                  + (known.cardinality() + unknown)
                  + " rows are in the chain");
    }

    /** Returns whether the table belongs to a tool that records one number and nothing else. */
    private static boolean isNumber(List<HistoryEntry> entries) {
      return entries.size() == 1
          && entries.get(0).outcome() == Outcome.HEAD
          && entries.get(0).name().chars().allMatch(Character::isDigit);
    }

    private void add(HistoryEntry entry) {
      rows++;
      if (entry.outcome() == Outcome.BASELINE) {
        return;
      }
      int line = line(entry);
      if (line >= 0) {
        known.set(line);
      } else {
        unknown++;
      }
    }

    private int line(HistoryEntry entry) {
      int line = placed.position(entry);
      if (line >= 0) {
        return isDescribedAs(chain.revision(line), entry.comment()) ? line : -1;
      }
      return ChangesetKey.parse(entry.name())
          .map(key -> withoutPath.getOrDefault(key.id() + "::" + key.author(), -1))
          .orElse(-1);
    }

    /**
     * Returns whether a line has this description. Versions such as 1 and 2 are in every project;
     * Flyway's descriptions of them differ.
     */
    private boolean isDescribedAs(Revision line, @Nullable String description) {
      List<String> slugs = slugs(line);
      return Tools.numbering(history.place().tool()) == null
          || slugs.isEmpty()
          || description == null
          || slugs.contains(description.replace(' ', '_'));
    }

    private static List<String> slugs(Revision line) {
      List<String> slugs = new ArrayList<>();
      String version = line.name() + "_";
      for (String alias : line.aliases()) {
        if (alias.startsWith(version)) {
          slugs.add(alias.substring(version.length()).replace(' ', '_'));
        }
      }
      return slugs;
    }

    private boolean hasDescriptions() {
      for (int i = known.nextSetBit(0); i >= 0; i = known.nextSetBit(i + 1)) {
        if (!slugs(chain.revision(i)).isEmpty()) {
          return true;
        }
      }
      return false;
    }

    private boolean isCompleteSoFar() {
      BitSet upTo = new BitSet();
      upTo.set(0, known.length());
      upTo.andNot(known);
      upTo.andNot(placed.counted());
      for (int i = upTo.nextSetBit(0); i >= 0; i = upTo.nextSetBit(i + 1)) {
        if (placed.isOfUse(i) && placed.replacement(i) < 0) {
          return false;
        }
      }
      return true;
    }
  }
}
