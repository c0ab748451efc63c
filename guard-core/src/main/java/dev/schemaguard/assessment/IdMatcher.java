// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names that are ids, each matched exactly. What was recorded after an entry lies beyond it. */
final class IdMatcher implements RowMatcher {

  private static final String TAG = "tag:";

  private final List<HistoryEntry> ours = new ArrayList<>();
  private final List<HistoryEntry> others = new ArrayList<>();
  private final LatestEntries<String> latest = new LatestEntries<>();

  IdMatcher(History history, PathPatterns paths) {
    for (HistoryEntry entry : history.entries()) {
      (paths.isOurs(entry) ? ours : others).add(entry);
    }
    ours.forEach(entry -> latest.add(entry.name(), entry));
  }

  @Override
  public boolean hasEntries() {
    return !ours.isEmpty();
  }

  @Override
  public List<HistoryEntry> inEffect() {
    return latest.applied();
  }

  @Override
  public List<HistoryEntry> beyond(MatrixRow row) {
    HistoryEntry expected = applied(row, row.expected());
    if (expected == null) {
      return List.of();
    }
    requireKnownPlace(row, expected);
    List<HistoryEntry> applied = latest.applied();
    HistoryEntry min = row.min() == null ? null : applied(row, row.min());
    return applied.subList(applied.indexOf(expected) + 1, applied.size()).stream()
        .filter(entry -> !entry.equals(min))
        .toList();
  }

  /**
   * Throws if entries were recorded between two runs of the expected revision, because they might
   * be ahead or not.
   */
  private void requireKnownPlace(MatrixRow row, HistoryEntry expected) {
    long rows = ours.stream().filter(entry -> entry.name().equals(expected.name())).count();
    if (expected.rerun() || rows > 1) {
      throw RowComparison.cannotTell(
          row,
          "'" + row.expected() + "' was run more than once, so what came after it first is lost");
    }
  }

  @Override
  public boolean anyFailedWithin(MatrixRow row) {
    HistoryEntry expected = applied(row, row.expected());
    List<HistoryEntry> inOrder = List.copyOf(latest.all());
    int expectedAt = expected == null ? inOrder.size() : inOrder.indexOf(expected);
    return latest.failed().stream().anyMatch(entry -> inOrder.indexOf(entry) < expectedAt);
  }

  @Override
  public List<String> failed() {
    return latest.failed().stream().map(RowMatcher::shown).toList();
  }

  @Override
  public Position last() {
    List<HistoryEntry> applied = latest.applied();
    return RowMatcher.at(applied.isEmpty() ? null : applied.get(applied.size() - 1));
  }

  @Override
  public @Nullable HistoryEntry applied(MatrixRow row, String reference) {
    List<HistoryEntry> found = meantBy(reference, latest.all());
    if (found.size() > 1) {
      throw RowComparison.cannotTell(
          row,
          "'"
              + reference
              + "' could be any of "
              + String.join(", ", found.stream().map(HistoryEntry::name).limit(5).toList()));
    }
    if (found.size() == 1 && found.get(0).outcome() == Outcome.APPLIED) {
      return found.get(0);
    }
    for (HistoryEntry entry : latest.applied()) {
      if (continues(entry.shortName(), reference)) {
        throw RowComparison.cannotTell(
            row, "'" + reference + "' is not applied, but " + entry.shortName() + " is");
      }
    }
    if (found.isEmpty() && !meantBy(reference, others).isEmpty()) {
      throw new ConfigurationException(
          row.where(),
          "the database has '" + reference + "', but outside Paths:",
          "Widen Paths: in the matrix so that it covers this application's migrations.");
    }
    return null;
  }

  private static List<HistoryEntry> meantBy(String reference, Collection<HistoryEntry> entries) {
    return entries.stream().filter(entry -> means(reference, entry)).toList();
  }

  private static boolean means(String reference, HistoryEntry entry) {
    return reference.startsWith(TAG)
        ? reference.substring(TAG.length()).equals(entry.tag())
        : reference.equals(entry.shortName())
            || ChangesetKey.canonical(reference).equals(entry.name());
  }

  private static boolean continues(String name, String reference) {
    return name.startsWith(reference + "_") || name.startsWith(reference + "-");
  }
}
