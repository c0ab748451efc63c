// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.assessment.AheadRevision.Cause;
import dev.schemaguard.assessment.AheadRevision.MaxRelation;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryReading.History;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
  private final String min;
  private final Question question;
  private final List<HistoryEntry> ours = new ArrayList<>();
  private final List<HistoryEntry> others = new ArrayList<>();
  private final LatestEntries<String> latest = new LatestEntries<>();

  RowComparison(MatrixRow row, History history, PathPatterns paths, Question question) {
    this.row = row;
    this.min = row.min() == null ? row.expected() : row.min();
    this.question = question;
    for (HistoryEntry entry : history.entries()) {
      (paths.isOurs(entry) ? ours : others).add(entry);
    }
    ours.forEach(entry -> latest.add(entry.name(), entry));
  }

  /** Refuses a row that means nothing without a chain. */
  static void requireNames(MatrixRow row) {
    if (row.expected().equals(MatrixRow.HEAD)) {
      throw cannotTell(row, "'head' means the end of the chain, and there is none");
    }
  }

  Findings compare() {
    HistoryEntry expectedEntry = applied(row.expected());
    HistoryEntry minEntry = applied(min);
    List<String> pending = new ArrayList<>();
    List<String> missing = minEntry == null ? List.of(min) : List.of();
    pending.addAll(missing);
    if (expectedEntry == null && !min.equals(row.expected())) {
      pending.add(row.expected());
    }
    List<AheadRevision> ahead = ahead(expectedEntry, minEntry);
    Position last = last(latest);
    return new Findings(
        !ours.isEmpty(),
        last.name(),
        last.entry(),
        row.expected(),
        min,
        row.max(),
        failed(latest),
        anyFailedWithin(expectedEntry),
        missing,
        pending,
        expectedEntry == null ? List.of() : missing,
        ahead,
        List.of(),
        List.of("no chain is bundled: only the names in the row are known"));
  }

  /** Where a database stands and what failed in it, for a version that has no row. */
  static Findings withoutRow(History history, PathPatterns paths) {
    LatestEntries<String> latest = new LatestEntries<>();
    history.entries().stream()
        .filter(paths::isOurs)
        .forEach(entry -> latest.add(entry.name(), entry));
    return Findings.at(last(latest), failed(latest));
  }

  private static List<String> failed(LatestEntries<String> latest) {
    return latest.failed().stream().map(RowComparison::name).toList();
  }

  /** Whether anything failed that was not recorded after the expected revision. */
  private boolean anyFailedWithin(@Nullable HistoryEntry expectedEntry) {
    List<HistoryEntry> inOrder = List.copyOf(latest.all());
    int expectedAt = expectedEntry == null ? inOrder.size() : inOrder.indexOf(expectedEntry);
    return latest.failed().stream().anyMatch(entry -> inOrder.indexOf(entry) < expectedAt);
  }

  private static Position last(LatestEntries<String> latest) {
    List<HistoryEntry> applied = latest.applied();
    HistoryEntry last = applied.isEmpty() ? null : applied.get(applied.size() - 1);
    return new Position(last == null ? null : name(last), last, -1);
  }

  /**
   * What was recorded after the expected revision; and, wherever it stands, what refuses this
   * version, for that is certainly nothing that it was built for.
   */
  private List<AheadRevision> ahead(
      @Nullable HistoryEntry expectedEntry, @Nullable HistoryEntry minEntry) {
    HistoryEntry maxEntry = null;
    if (expectedEntry != null) {
      requireKnownPlace(expectedEntry);
      maxEntry = max() == null ? null : applied(max());
    }
    List<AheadRevision> ahead = new ArrayList<>();
    boolean after = false;
    for (HistoryEntry entry : latest.applied()) {
      if (entry.equals(expectedEntry)) {
        after = true;
      } else if (!entry.equals(minEntry)) {
        MaxRelation relation = entry.equals(maxEntry) ? MaxRelation.WITHIN : relation();
        AheadRevision revision = AheadRevision.judge(name(entry), entry, false, relation, question);
        if (after || revision.cause() == Cause.MARKER_REFUSES) {
          ahead.add(revision);
        }
      }
    }
    return ahead;
  }

  private MaxRelation relation() {
    return MatrixRow.ANY.equals(row.max()) ? MaxRelation.ANY : MaxRelation.UNSTATED;
  }

  private @Nullable String max() {
    return MatrixRow.ANY.equals(row.max()) ? null : row.max();
  }

  /** Entries recorded between two runs of the expected revision might be ahead or not. */
  private void requireKnownPlace(HistoryEntry expected) {
    long rows = ours.stream().filter(entry -> entry.name().equals(expected.name())).count();
    if (expected.rerun() || rows > 1) {
      throw cannotTell(
          row,
          "'" + row.expected() + "' was run more than once, so what came after it first is lost");
    }
  }

  /** The entry that a name of the row means, if it is applied. */
  private @Nullable HistoryEntry applied(String reference) {
    List<HistoryEntry> found = meantBy(reference, latest.all());
    if (found.size() > 1) {
      throw cannotTell(
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
        throw cannotTell(
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

  private static String name(HistoryEntry entry) {
    return entry.shortName().isBlank() ? entry.name() : entry.shortName();
  }

  private static ConfigurationException cannotTell(MatrixRow row, String what) {
    return new ConfigurationException(row.where(), what, BUNDLE);
  }
}
