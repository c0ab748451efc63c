// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The latest entry of every revision, in the order of recording, by a key that identifies the
 * revision. A failure remains a failure until the revision is applied, whatever else is recorded
 * for it.
 */
public final class LatestEntries<K> {

  private final Map<K, HistoryEntry> latest = new LinkedHashMap<>();
  private final Set<K> failed = new HashSet<>();

  /** Adds the next entry of the history. */
  public void add(K key, HistoryEntry entry) {
    // Removed first, so that a later row moves its revision to the end.
    latest.remove(key);
    latest.put(key, entry);
    if (entry.outcome().isFailure()) {
      failed.add(key);
    } else if (entry.outcome().isInEffect()) {
      failed.remove(key);
    }
  }

  /** Returns the latest entries, whatever their outcome. */
  Collection<HistoryEntry> all() {
    return latest.values();
  }

  /** Returns the latest entries whose revision is in effect. */
  public List<HistoryEntry> applied() {
    List<HistoryEntry> applied = new ArrayList<>();
    for (HistoryEntry entry : latest.values()) {
      if (entry.outcome().isInEffect()) {
        applied.add(entry);
      }
    }
    return applied;
  }

  /** Returns the latest entries whose revision is in effect, was attempted or is being applied. */
  List<HistoryEntry> begun() {
    List<HistoryEntry> begun = new ArrayList<>();
    for (HistoryEntry entry : latest.values()) {
      if (entry.outcome() != Outcome.SKIPPED) {
        begun.add(entry);
      }
    }
    return begun;
  }

  /** Returns the latest entries of revisions that failed and have not been applied since. */
  public List<HistoryEntry> failed() {
    List<HistoryEntry> entries = new ArrayList<>();
    for (Map.Entry<K, HistoryEntry> entry : latest.entrySet()) {
      if (failed.contains(entry.getKey())) {
        entries.add(entry.getValue());
      }
    }
    return entries;
  }
}
