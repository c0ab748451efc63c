// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.Numbering;
import dev.schemaguard.tool.Tools;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the history in a table, determined by its rows and the chain.
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
      return new OwnedRows(chain, history, paths).judge();
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

  static Ownership ours(String evidence) {
    return new Ownership(Owner.THIS_APPLICATION, evidence);
  }

  static Ownership another(String evidence) {
    return new Ownership(Owner.ANOTHER_APPLICATION, evidence);
  }

  static Ownership undecided(String evidence) {
    return new Ownership(Owner.UNDECIDED, evidence);
  }
}
