// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.GolangMigrateVersions;
import dev.schemaguard.assessment.rollback.UndoStrategy.Undone;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.tool.GolangMigrateTool;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rollback of golang-migrate, which records one version: it migrates down to a lower version.
 */
final class VersionUndo {

  private final TreeMap<MigrationVersion, Undone> applied = new TreeMap<>();
  private final Optional<HistoryEntry> unknownEntry;
  private final GolangMigrateVersions sources;

  VersionUndo(RevisionLookup lines) {
    sources = GolangMigrateVersions.of(lines.chain());
    BitSet known = lines.placed().applied();
    for (int i = known.nextSetBit(0); i >= 0; i = known.nextSetBit(i + 1)) {
      Undone line = lines.undone(i);
      if (!lines.chain().isRetired(i)) {
        MigrationVersion.parse(line.name()).ifPresent(version -> applied.put(version, line));
      }
    }
    unknownEntry = lines.placed().unknown().stream().findFirst();
    unknownEntry.ifPresent(entry -> applied.put(version(entry), lines.undone(entry)));
  }

  private static MigrationVersion version(HistoryEntry entry) {
    return MigrationVersion.parse(entry.name()).orElseThrow();
  }

  UndoStrategy from(List<AheadRevision> refused) {
    MigrationVersion lowest =
        refused.stream()
            .map(each -> version(each.entry()))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    NavigableMap<MigrationVersion, Undone> kept = applied.headMap(lowest, false);
    MigrationVersion target = sources.below(lowest.toString()).orElse(null);
    if (!kept.isEmpty() && (target == null || target.compareTo(kept.lastKey()) < 0)) {
      return UndoStrategy.none(
          kept.lastKey()
              + " is no longer in the migrations, and golang-migrate cannot go to a version without a"
              + " file");
    }
    return new UndoStrategy(
        new ArrayList<>(applied.tailMap(lowest, true).descendingMap().values()),
        List.of(GolangMigrateTool.goTo(target == null ? null : target.toString())),
        unknownEntry
            .map(
                entry ->
                    "what lies between this chain and "
                        + entry.name()
                        + " goes with it. "
                        + HeadUndo.ASK)
            .stream()
            .toList());
  }
}
