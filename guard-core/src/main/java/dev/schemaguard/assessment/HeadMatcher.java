// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.MatrixRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of heads, each matched exactly; the history holds no other names. What lies below a head
 * that the row names is in effect. For any other head it is unknown what it builds on.
 */
final class HeadMatcher implements RowMatcher {

  private final List<HistoryEntry> heads = new ArrayList<>();

  HeadMatcher(History history, PathPatterns paths) {
    for (HistoryEntry entry : history.entries()) {
      if (paths.isOurs(entry)) {
        heads.add(entry);
      }
    }
  }

  @Override
  public boolean hasEntries() {
    return !heads.isEmpty();
  }

  @Override
  public @Nullable HistoryEntry applied(MatrixRow row, String reference) {
    List<String> names = named(row);
    HistoryEntry highest = null;
    int place = -1;
    for (HistoryEntry head : heads) {
      int named = names.lastIndexOf(head.name());
      if (named < 0) {
        throw RowComparison.cannotTell(
            row, "the database is at '" + head.name() + "', which the row does not name");
      }
      if (named > place) {
        highest = head;
        place = named;
      }
    }
    return place >= names.indexOf(reference) ? highest : null;
  }

  /** Returns the row's names, oldest first. */
  private static List<String> named(MatrixRow row) {
    List<String> names = new ArrayList<>();
    if (row.min() != null) {
      names.add(row.min());
    }
    names.add(row.expected());
    if (row.max() != null && !row.max().equals(MatrixRow.ANY)) {
      names.add(row.max());
    }
    return names;
  }

  @Override
  public List<HistoryEntry> inEffect() {
    return heads;
  }

  @Override
  public List<HistoryEntry> beyond(MatrixRow row) {
    List<String> names = named(row);
    HistoryEntry last = applied(row, names.get(names.size() - 1));
    return last == null || last.name().equals(row.expected()) ? List.of() : List.of(last);
  }

  @Override
  public boolean anyFailedWithin(MatrixRow row) {
    return false;
  }

  @Override
  public List<String> failed() {
    return List.of();
  }

  @Override
  public Position last() {
    List<String> names = new ArrayList<>();
    for (HistoryEntry head : heads) {
      names.add(RowMatcher.shown(head));
    }
    Collections.sort(names);
    return new Position(names.isEmpty() ? null : String.join(", ", names), null, -1);
  }
}
