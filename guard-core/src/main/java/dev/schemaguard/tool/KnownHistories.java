// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The histories of one tool that one check has read, by digests that the database computes. A
 * history with the digest of a known one has the same entries, except for the times at which they
 * were recorded, which are left out. Thread-safe.
 */
final class KnownHistories {

  /** The number of digests after which their use is judged. */
  private static final int TRIAL = 200;

  private final Map<String, List<HistoryEntry>> entries = new ConcurrentHashMap<>();
  private final AtomicInteger digests = new AtomicInteger();
  private final AtomicInteger unknown = new AtomicInteger();

  /** Returns whether digests save more than they cost: if most of them were known. */
  boolean paysOff() {
    int asked = digests.get();
    return asked < TRIAL || 2 * unknown.get() < asked;
  }

  /** Counts digests that were computed, and those whose histories had to be read. */
  void count(int computed, int read) {
    digests.addAndGet(computed);
    unknown.addAndGet(read);
  }

  /**
   * Takes a history that was read.
   *
   * @param digest the digest of its rows, computed by the statement that read them
   */
  void add(String digest, History history) {
    List<HistoryEntry> timeless = new ArrayList<>(history.entries().size());
    for (HistoryEntry entry : history.entries()) {
      timeless.add(entry.withoutTime());
    }
    entries.put(digest, List.copyOf(timeless));
  }

  /** Returns the history in a table with this digest; empty if it is not known yet. */
  Optional<History> history(String digest, HistoryPlace place) {
    return Optional.ofNullable(entries.get(digest)).map(known -> new History(place, known));
  }
}
