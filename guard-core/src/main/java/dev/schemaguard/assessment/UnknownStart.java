// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.tool.GolangMigrateTool;
import dev.schemaguard.tool.ToolAdvice;
import dev.schemaguard.tool.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recorded revisions that are not among this version's migrations, for a tool that continues from
 * what it recorded. golang-migrate then fails with "no migration found for version", Alembic with
 * "Can't locate revision identified by".
 *
 * @param place the table
 * @param names the revisions, as recorded
 * @param below golang-migrate's nearest version below them that this version has; empty otherwise
 */
public record UnknownStart(HistoryPlace place, List<String> names, String below) {

  /** Copies the names. */
  public UnknownStart {
    names = List.copyOf(names);
  }

  /** Returns the unknown start of a history, or empty if the tool can continue from it. */
  static Optional<UnknownStart> in(History history, ResolvedRow row, ChainHistory placed) {
    boolean numbered = Tools.numbering(history.place().tool()) == GolangMigrateTool.NUMBERING;
    List<String> names = new ArrayList<>();
    for (HistoryEntry entry : placed.unknown()) {
      if (numbered || entry.outcome() == Outcome.HEAD) {
        names.add(entry.name());
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new UnknownStart(
                history.place(),
                names,
                numbered
                    ? GolangMigrateVersions.in(row)
                        .below(names.get(0))
                        .map(Object::toString)
                        .orElse("")
                    : ""));
  }

  /** Returns in one sentence why the tool applies nothing. */
  public String reason() {
    return place.tool()
        + " applies nothing from here: this version's migrations do not include "
        + NameList.of(names);
  }

  /**
   * Returns the action: deploy a version that has the migrations which the database already has.
   */
  public String action() {
    return "deploy the version that brought "
        + NameList.of(names)
        + ", or a later one that has this version's migrations as well";
  }

  /** Returns how to roll back to what this version has. */
  public String undo(ToolAdvice tool) {
    return "undo "
        + NameList.of(names)
        + " with the artifact that brought "
        + (names.size() == 1 ? "it" : "them")
        + (below.isEmpty() ? tool.undo() : " (migrate goto " + below + ")")
        + ", then "
        + tool.migrate()
        + " on this database; the undo may lose data";
  }
}
