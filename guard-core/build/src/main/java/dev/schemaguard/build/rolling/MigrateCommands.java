// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import dev.schemaguard.build.SourceRevision;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.tool.AlembicTool;
import dev.schemaguard.tool.FlywayTool;
import dev.schemaguard.tool.GolangMigrateTool;
import dev.schemaguard.tool.LiquibaseTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Chooses the commands of the migration tool that apply a part of an upgrade.
 *
 * @param place where the history is
 * @param migrations the migrations by their names; empty if they are not known
 */
record MigrateCommands(HistoryPlace place, Map<String, SourceRevision> migrations) {

  /** Returns the commands that apply everything; empty if those of the tool are not known. */
  List<String> all() {
    return switch (place.tool()) {
      case LiquibaseTool.NAME -> LiquibaseTool.update(place);
      case FlywayTool.NAME -> FlywayTool.migrate(place, null);
      case AlembicTool.NAME -> List.of(AlembicTool.upgrade("heads"));
      case GolangMigrateTool.NAME -> List.of(GolangMigrateTool.up());
      default -> List.of();
    };
  }

  /**
   * Returns the commands that apply these revisions and nothing more; empty if those of the tool
   * are not known.
   *
   * @param revisions what is applied, in the order of the tool; at least one
   * @param heads those of them that none of the others builds on
   */
  List<String> upTo(List<Revision> revisions, List<Revision> heads) {
    Revision last = revisions.get(revisions.size() - 1);
    return switch (place.tool()) {
      case LiquibaseTool.NAME -> liquibase(revisions, last);
      case FlywayTool.NAME -> FlywayTool.migrate(place, last.name());
      case AlembicTool.NAME ->
          heads.stream().map(head -> AlembicTool.upgrade(head.name())).toList();
      case GolangMigrateTool.NAME -> List.of(GolangMigrateTool.goTo(last.name()));
      default -> List.of();
    };
  }

  /** A tag says where to stop however many changesets run before it; a count does not. */
  private List<String> liquibase(List<Revision> revisions, Revision last) {
    SourceRevision source = migrations.get(last.name());
    List<String> tags = source == null ? List.of() : source.revision().aliases();
    return tags.size() == 1
        ? LiquibaseTool.update(place, tags.get(0))
        : LiquibaseTool.update(place, revisions.size());
  }

  /** Returns what the commands do not show, in sentences. */
  List<String> notes(List<Revision> revisions) {
    List<String> notes = new ArrayList<>();
    if (!place.tool().equals(LiquibaseTool.NAME)) {
      return notes;
    }
    if (migrations.isEmpty()) {
      notes.add(
          "the order is that of revisions.txt, because the changelog was not read: compare it with"
              + " the dry run before you apply a count of changesets");
    } else if (liquibase(revisions, revisions.get(revisions.size() - 1)).get(0).contains("--count=")
        && migrations.values().stream()
            .anyMatch(each -> each.reruns() || each.revision().optional())) {
      notes.add(
          "the changelog has changesets that run always or are optional; if they run, they count"
              + " too: compare the dry run with the revisions of the step");
    }
    return notes;
  }
}
