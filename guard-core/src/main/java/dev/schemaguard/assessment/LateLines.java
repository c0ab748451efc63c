// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.GolangMigrateTool;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Lines of the chain whose version is below that of an earlier line. golang-migrate skips such a
 * migration if the database is beyond it. Its table holds one version only, which counts as
 * everything up to it.
 */
final class LateLines {

  private LateLines() {}

  /**
   * Returns a note that names the late lines among the {@code applied} ones; empty if there are
   * none.
   */
  static List<String> notes(RevisionChain chain, BitSet applied, ChainHistory history) {
    List<String> late = new ArrayList<>();
    MigrationVersion highest = null;
    for (int i = 0; i < chain.size(); i++) {
      Optional<MigrationVersion> version =
          GolangMigrateTool.NUMBERING.parse(chain.revision(i).name());
      if (version.isEmpty() || chain.isRetired(i)) {
        continue;
      }
      if (highest != null && version.get().compareTo(highest) < 0) {
        if (applied.get(i)) {
          late.add(history.name(i));
        }
      } else {
        highest = version.get();
      }
    }
    return late.isEmpty()
        ? List.of()
        : List.of(
            NameList.of(late)
                + " was added below a newer version: golang-migrate skips it on a database that was"
                + " already beyond it, and does not record whether it ran");
  }
}
