// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.tool.FlywayTool;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Determines which pending versions {@code flyway migrate} applies. By default Flyway refuses to
 * run while a version is pending below the highest applied one. With {@code
 * ignoreMigrationPatterns} it leaves that version out; only {@code outOfOrder} applies it. It stops
 * at its {@code target} ({@code org.flywaydb.core.internal.info.MigrationInfoImpl}).
 */
final class FlywaySelection {

  private final MigrationOwner migration;
  private final MigrationVersion highest;
  private final NavigableMap<MigrationVersion, String> pending = new TreeMap<>();

  FlywaySelection(
      ResolvedRow row, HistoryResult reading, PathPatterns paths, MigrationOwner migration) {
    this.migration = migration;
    History history =
        reading instanceof History read ? read : new History(reading.place(), List.of());
    this.highest = highest(history);
    ChainHistory placed = new ChainHistory(row.chain(), history, paths);
    BitSet lines = placed.missing(row.upToExpected(), row.upToExpected());
    lines.stream()
        .forEach(
            line ->
                FlywayTool.NUMBERING
                    .parse(row.chain().revision(line).name())
                    .ifPresent(version -> pending.put(version, placed.name(line))));
  }

  /** Returns the highest version in effect, or 0. A row that deletes a version removes it. */
  private static MigrationVersion highest(History history) {
    LatestEntries<String> latest = new LatestEntries<>();
    history.entries().forEach(entry -> latest.add(entry.name(), entry));
    return latest.applied().stream()
        .map(HistoryEntry::name)
        .flatMap(name -> MigrationVersion.parse(name).stream())
        .max(MigrationVersion::compareTo)
        .orElseGet(() -> new MigrationVersion(List.of(BigInteger.ZERO)));
  }

  /** Returns the pending migrations that will not be applied; empty if all of them will be. */
  Optional<SkippedMigrations> skipped() {
    Collection<String> below = pending.headMap(highest, false).values();
    if (!below.isEmpty() && !migration.outOfOrder()) {
      return Optional.of(
          new SkippedMigrations(
              "Flyway will not apply "
                  + NameList.of(List.copyOf(below))
                  + ": "
                  + highest
                  + " is already applied, and outOfOrder is not set",
              "set outOfOrder for this migration (flyway migrate -outOfOrder=true, or"
                  + " spring.flyway.out-of-order=true), and repeat the preflight with"
                  + " --out-of-order"));
    }
    return target()
        .map(last -> List.copyOf(pending.tailMap(last, false).values()))
        .filter(beyond -> !beyond.isEmpty())
        .map(
            beyond ->
                new SkippedMigrations(
                    "Flyway will not apply "
                        + NameList.of(beyond)
                        + ": its target is "
                        + migration.target(),
                    "raise Flyway's target (flyway.target, or spring.flyway.target) or remove it"));
  }

  /**
   * Returns the version at which Flyway stops: {@code 3}, {@code 3?}, {@code current} or {@code
   * next}.
   */
  private Optional<MigrationVersion> target() {
    String target = migration.target() == null ? "" : migration.target().strip();
    return switch (target.toLowerCase(Locale.ROOT)) {
      case "", "latest" -> Optional.empty();
      case "current" -> Optional.of(highest);
      case "next" -> Optional.ofNullable(pending.higherKey(highest));
      default -> MigrationVersion.parse(target.replaceFirst("\\?$", ""));
    };
  }
}
