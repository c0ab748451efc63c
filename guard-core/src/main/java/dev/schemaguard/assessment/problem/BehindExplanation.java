// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.MovedChangesets;
import dev.schemaguard.assessment.NameList;
import dev.schemaguard.assessment.StatusContext;
import dev.schemaguard.assessment.UnknownStart;
import dev.schemaguard.tool.ToolAdvice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explains which required revisions a database lacks. */
final class BehindExplanation {

  private final Assessment assessment;
  private final ComparisonResult comparison;
  private final StatusContext context;
  private final MigrateAdvice migrate;
  private final ToolAdvice tool;
  private final LockAdvice lock;
  private final @Nullable UndoneExplanation undone;

  /**
   * Creates an explanation.
   *
   * @param undone the advice if the same guard has found the schema compatible before; else null
   */
  BehindExplanation(
      Assessment assessment,
      StatusContext context,
      MigrateAdvice migrate,
      @Nullable UndoneExplanation undone) {
    this.assessment = assessment;
    this.comparison = assessment.comparison();
    this.context = context;
    this.migrate = migrate;
    this.tool = migrate.tool();
    this.lock = migrate.lock();
    this.undone = undone;
  }

  Explanation explanation() {
    return comparison.gap().isEmpty() ? behind() : gap();
  }

  private Explanation behind() {
    return new Explanation(
        "GUARD-BEHIND",
        "The database is behind this version",
        NameList.are(comparison.missing())
            + " required and not applied"
            + unknownStart()
            + otherChangelogFile()
            + migrate.takesNoWrites(),
        behindActions());
  }

  private Explanation gap() {
    return new Explanation(
        "GUARD-BEHIND-GAP",
        "The database lacks migrations in the middle",
        NameList.are(comparison.missing())
            + " required and not applied, although "
            + comparison.current()
            + " is"
            + unknownStart()
            + otherChangelogFile()
            + migrate.takesNoWrites(),
        gapActions());
  }

  private String unknownStart() {
    return assessment.unknownStart().map(unknown -> "; " + unknown.reason()).orElse("");
  }

  private String otherChangelogFile() {
    return comparison.moved().isOtherChangelogFile() ? "; " + comparison.moved().why() : "";
  }

  private List<String> gapActions() {
    List<String> actions = behindActions();
    if (undone == null) {
      actions.addAll(tool.afterGap());
    }
    return actions;
  }

  private List<String> behindActions() {
    if (!comparison.moved().pairs().isEmpty()) {
      return movedActions();
    }
    Optional<UnknownStart> unknown = assessment.unknownStart();
    if (unknown.isPresent()) {
      return unknownStartActions(unknown.get());
    }
    if (undone != null) {
      return undone.missing();
    }
    List<String> actions = migrate.actions(tool.skipped());
    if (!context.migration().byApplication()) {
      actions.addAll(tool.afterJob());
    }
    return actions;
  }

  /**
   * Returns the actions for a history with revisions that are not among this version's migrations,
   * because the tool would fail with these.
   */
  private List<String> unknownStartActions(UnknownStart unknown) {
    List<String> actions = new ArrayList<>();
    if (lock.isHeld()) {
      actions.add(lock.waitForMigration());
    }
    actions.add(unknown.action());
    actions.add(unknown.undo(tool));
    return actions;
  }

  /**
   * Returns the actions for moved changesets. Advice to run the migrations that does not mention
   * the pairs would run those changesets again.
   */
  private List<String> movedActions() {
    MovedChangesets moved = comparison.moved();
    List<String> actions = new ArrayList<>();
    if (lock.isHeld()) {
      actions.add(lock.waitForMigration());
    }
    actions.addAll(moved.actions());
    if (!moved.covers(comparison.missing())) {
      actions.add("only then " + tool.migrate() + " on this database");
    } else if (!moved.isOtherChangelogFile()) {
      actions.add("if it is another changeset, " + tool.migrate() + " on this database");
    }
    return actions;
  }
}
