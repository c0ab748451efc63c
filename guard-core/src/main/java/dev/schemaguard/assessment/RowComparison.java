// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.assessment.AheadRevision.MaxRelation;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryReading.History;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares a history with a row where no chain tells the order of revisions: only the row's own
 * names are known, each as an exact id, and what was recorded after the expected one is ahead. What
 * cannot be told so is an error, never a guess.
 */
final class RowComparison {

  private static final String TAG = "tag:";
  private static final String BUNDLE =
      "Bundle the chain: generate schema-guard/revisions.txt from the migrations.";

  private final MatrixRow row;
  private final Question question;
  private final List<HistoryEntry> entries;
  private final Map<String, HistoryEntry> latest = new LinkedHashMap<>();

  RowComparison(MatrixRow row, History history, PathPatterns paths, Question question) {
    this.row = row;
    this.question = question;
    this.entries = history.entries().stream().filter(paths::isOurs).toList();
    for (HistoryEntry entry : entries) {
      latest.remove(entry.name());
      latest.put(entry.name(), entry);
    }
  }

  Findings compare() {
    if (row.expected().equals(MatrixRow.HEAD)) {
      throw cannotTell("'head' means the end of the chain, and there is none");
    }
    String min = row.min() == null ? row.expected() : row.min();
    HistoryEntry expectedEntry = applied(row.expected());
    HistoryEntry minEntry = applied(min);
    List<String> pending = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    if (minEntry == null) {
      missing.add(min);
      pending.add(min);
    }
    if (expectedEntry == null && !min.equals(row.expected())) {
      pending.add(row.expected());
    }
    List<AheadRevision> ahead = ahead(expectedEntry, minEntry);
    Position last = last(latest.values());
    return new Findings(
        !entries.isEmpty(),
        last.name(),
        last.entry(),
        row.expected(),
        min,
        row.max(),
        latest.values().stream()
            .filter(entry -> entry.outcome() == Outcome.FAILED)
            .map(RowComparison::name)
            .toList(),
        missing,
        pending,
        List.of(),
        ahead,
        List.of("no chain is bundled: only the names in the row are known"));
  }

  /** Where a database stands, whatever row it is compared with. */
  static Position last(History history, PathPatterns paths) {
    return last(history.entries().stream().filter(paths::isOurs).toList());
  }

  private static Position last(Collection<HistoryEntry> entries) {
    HistoryEntry last = null;
    for (HistoryEntry entry : entries) {
      last = entry.outcome() == Outcome.APPLIED ? entry : last;
    }
    return new Position(last == null ? null : name(last), last, -1);
  }

  private List<AheadRevision> ahead(
      @Nullable HistoryEntry expectedEntry, @Nullable HistoryEntry minEntry) {
    List<AheadRevision> ahead = new ArrayList<>();
    if (expectedEntry == null) {
      return ahead;
    }
    requireKnownPlace(expectedEntry);
    HistoryEntry maxEntry = max() == null ? null : applied(max());
    boolean after = false;
    for (HistoryEntry entry : latest.values()) {
      if (after && entry.outcome() == Outcome.APPLIED && !entry.equals(minEntry)) {
        MaxRelation relation =
            MatrixRow.ANY.equals(row.max())
                ? MaxRelation.ANY
                : entry.equals(maxEntry) ? MaxRelation.WITHIN : MaxRelation.UNSTATED;
        ahead.add(AheadRevision.judge(name(entry), entry, relation, question));
      }
      after |= entry.equals(expectedEntry);
    }
    return ahead;
  }

  private @Nullable String max() {
    return MatrixRow.ANY.equals(row.max()) ? null : row.max();
  }

  /** Entries recorded between two runs of the expected revision might be ahead or not. */
  private void requireKnownPlace(HistoryEntry expected) {
    long rows = entries.stream().filter(entry -> entry.name().equals(expected.name())).count();
    if (expected.rerun() || rows > 1) {
      throw cannotTell(
          "'" + row.expected() + "' was run more than once, so what came after it first is lost");
    }
  }

  /** The entry that a name of the row means, if it is applied. */
  private @Nullable HistoryEntry applied(String reference) {
    List<HistoryEntry> found =
        latest.values().stream().filter(entry -> means(reference, entry)).toList();
    if (found.size() > 1) {
      throw cannotTell(
          "'"
              + reference
              + "' could be any of "
              + String.join(", ", found.stream().map(HistoryEntry::name).limit(5).toList()));
    }
    if (found.size() == 1 && found.get(0).outcome() == Outcome.APPLIED) {
      return found.get(0);
    }
    for (HistoryEntry entry : latest.values()) {
      if (entry.outcome() == Outcome.APPLIED && continues(entry.shortName(), reference)) {
        throw cannotTell("'" + reference + "' is not applied, but " + entry.shortName() + " is");
      }
    }
    return null;
  }

  private static boolean means(String reference, HistoryEntry entry) {
    return reference.startsWith(TAG)
        ? reference.substring(TAG.length()).equals(entry.tag())
        : reference.equals(entry.shortName()) || reference.equals(entry.name());
  }

  private static boolean continues(String name, String reference) {
    return name.startsWith(reference + "_") || name.startsWith(reference + "-");
  }

  private static String name(HistoryEntry entry) {
    return entry.shortName().isBlank() ? entry.name() : entry.shortName();
  }

  private ConfigurationException cannotTell(String what) {
    return new ConfigurationException(row.where(), what, BUNDLE);
  }
}
