// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.tool.Numbering;
import dev.schemaguard.tool.Tools;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names that are versions. Two names are equal if their numbers are; a higher version lies beyond a
 * lower one.
 */
final class NumberMatcher implements RowMatcher {

  private static final Comparator<HistoryEntry> BY_VERSION =
      Comparator.comparing(entry -> version(entry).orElseThrow());

  private final Numbering numbering;
  private final boolean newestVersion;
  private final List<HistoryEntry> ours;
  private final LatestEntries<String> latest = new LatestEntries<>();

  NumberMatcher(History history, Numbering numbering, PathPatterns paths) {
    this.numbering = numbering;
    newestVersion = Tools.holdsNewestVersion(history);
    ours = history.entries().stream().filter(paths::isOurs).toList();
    ours.forEach(entry -> latest.add(entry.name(), entry));
  }

  private static Optional<MigrationVersion> version(HistoryEntry entry) {
    return MigrationVersion.parse(entry.name());
  }

  private MigrationVersion version(MatrixRow row, String reference) {
    return numbering
        .parse(reference)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    row.where(),
                    "'"
                        + reference
                        + "' is not a version, and "
                        + numbering.tool()
                        + " knows a migration by its version",
                    "Write the version as in the file's name, "
                        + numbering.example()
                        + "; or bundle the chain, whose lines may have other names."));
  }

  @Override
  public boolean hasEntries() {
    return !ours.isEmpty();
  }

  @Override
  public @Nullable HistoryEntry applied(MatrixRow row, String reference) {
    MigrationVersion wanted = version(row, reference);
    HistoryEntry last = null;
    for (HistoryEntry entry : ours) {
      int order = version(entry).map(wanted::compareTo).orElse(1);
      if (order == 0 || (order < 0 && entry.outcome() == Outcome.BASELINE)) {
        last = entry;
      }
    }
    return last != null && last.outcome().isInEffect() ? last : null;
  }

  @Override
  public List<HistoryEntry> inEffect() {
    return latest.applied();
  }

  /** A version that was begun counts if the tool records no other. */
  @Override
  public List<HistoryEntry> beyond(MatrixRow row) {
    List<HistoryEntry> begun = newestVersion ? latest.begun() : latest.applied();
    return begun.stream().filter(entry -> isBeyond(entry, row)).toList();
  }

  private boolean isBeyond(HistoryEntry entry, MatrixRow row) {
    MigrationVersion expected = version(row, row.expected());
    return version(entry).filter(version -> version.compareTo(expected) > 0).isPresent();
  }

  @Override
  public boolean anyFailedWithin(MatrixRow row) {
    return latest.failed().stream().anyMatch(entry -> !isBeyond(entry, row));
  }

  @Override
  public List<String> failed() {
    return latest.failed().stream().map(RowMatcher::shown).toList();
  }

  @Override
  public Position last() {
    return RowMatcher.at(latest.applied().stream().max(BY_VERSION).orElse(null));
  }
}
