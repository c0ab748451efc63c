// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.GolangMigrateVersions;
import dev.schemaguard.assessment.LatestEntries;
import dev.schemaguard.assessment.NameList;
import dev.schemaguard.dialect.WriteState;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.tool.ToolAdvice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains what failed in a database and has not been repaired. */
final class FailedExplanation {

  private final List<String> failed;
  private final History history;
  private final ToolAdvice tool;
  private final LockAdvice lock;
  private final Optional<WriteState> readOnly;
  private final GolangMigrateVersions versions;

  /**
   * Creates an explanation of what {@code history} records as failed.
   *
   * @param readOnly why the server accepts no writes; empty if it does, or if that is not known
   */
  FailedExplanation(
      Assessment assessment,
      History history,
      ToolAdvice tool,
      LockAdvice lock,
      Optional<WriteState> readOnly) {
    this.failed = assessment.comparison().failed();
    this.history = history;
    this.tool = tool;
    this.lock = lock;
    this.readOnly = readOnly;
    this.versions = GolangMigrateVersions.in(assessment.assessor().resolved());
  }

  Explanation explanation() {
    List<String> actions = new ArrayList<>();
    if (lock.isHeld()) {
      actions.add(lock.waitForMigration());
    }
    readOnly.ifPresent(writes -> actions.add(writes.action()));
    actions.add(repair());
    if (lock.isStale()) {
      actions.add(lock.releaseStale());
    }
    actions.add("restore a backup from before it ran");
    return new Explanation(
        "GUARD-FAILED",
        "A migration failed and was not repaired",
        NameList.are(failed)
            + " recorded as failed in "
            + table()
            + readOnly.map(writes -> "; the server takes no writes: " + writes.reason()).orElse(""),
        actions);
  }

  private String repair() {
    List<String> undos = failedUndos();
    if (undos.isEmpty()) {
      return "see what "
          + (failed.size() == 1 ? "it" : "each")
          + " left half done and put that right; then "
          + runAgain();
    }
    String keep =
        "put back what the undo of "
            + NameList.of(undos)
            + " removed, and delete the failed row of the undo from "
            + table()
            + " (flyway repair): the migration then counts as applied";
    return undos.size() == failed.size()
        ? keep
        : keep + "; put right what the others left half done, then " + runAgain();
  }

  private String runAgain() {
    String numbered = versions.force(history);
    return numbered.isEmpty() ? tool.repair().replace("%s", table()) : numbered;
  }

  /** Returns the versions whose undo failed. Their migrations must not be run again. */
  private List<String> failedUndos() {
    LatestEntries<String> latest = new LatestEntries<>();
    history.entries().forEach(entry -> latest.add(entry.name(), entry));
    return latest.failed().stream()
        .filter(entry -> entry.outcome() == Outcome.UNDO_FAILED)
        .map(HistoryEntry::shortName)
        .toList();
  }

  private String table() {
    return history.place().table();
  }
}
