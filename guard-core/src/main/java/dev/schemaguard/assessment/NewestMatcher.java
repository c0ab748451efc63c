// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.MatrixRow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of the newest version, matched exactly; the history holds no other names. Other names
 * are compared with it as versions. If they contain none, it is unknown whether they are in effect.
 */
final class NewestMatcher implements RowMatcher {

  private final HistoryEntry below;
  private final HistoryEntry newest;

  NewestMatcher(History history) {
    below = history.entries().get(0);
    newest = history.entries().get(history.entries().size() - 1);
  }

  @Override
  public boolean hasEntries() {
    return true;
  }

  @Override
  public @Nullable HistoryEntry applied(MatrixRow row, String reference) {
    int order = order(row, reference);
    if (order == 0) {
      return newest.outcome().isInEffect() ? newest : null;
    }
    return order > 0 ? below : null;
  }

  /** Returns how the newest version compares with one that the row names. */
  private int order(MatrixRow row, String reference) {
    if (reference.equals(newest.name())) {
      return 0;
    }
    Optional<Integer> order = VersionOrder.compare(newest.name(), reference);
    if (order.isEmpty()) {
      throw RowComparison.cannotTell(
          row,
          "the database is at '"
              + newest.name()
              + "', which cannot be ordered against '"
              + reference
              + "'");
    }
    return order.get();
  }

  @Override
  public List<HistoryEntry> inEffect() {
    return newest.outcome().isInEffect() ? List.of(newest) : List.of();
  }

  @Override
  public List<HistoryEntry> beyond(MatrixRow row) {
    return order(row, row.expected()) > 0 ? List.of(newest) : List.of();
  }

  @Override
  public boolean anyFailedWithin(MatrixRow row) {
    return !failed().isEmpty() && beyond(row).isEmpty();
  }

  @Override
  public List<String> failed() {
    return newest.outcome() == Outcome.FAILED ? List.of(RowMatcher.shown(newest)) : List.of();
  }

  @Override
  public Position last() {
    return RowMatcher.at(newest);
  }
}
