// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import dev.schemaguard.assessment.UpgradeStates;
import dev.schemaguard.build.rolling.UpgradeStep.Action;
import dev.schemaguard.preflight.Preflight.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the steps of a plan.
 *
 * @param shown the revisions that are applied, in their order
 * @param safe how many of them may be applied while the old version runs
 * @param byCondition whether a condition, and not the old version, makes the rest wait
 * @param waits the reasons for which revisions wait for something else than the old version
 */
record PlanSteps(
    UpgradeSide from,
    UpgradeSide to,
    UpgradeStates states,
    MigrateCommands commands,
    List<String> shown,
    int safe,
    boolean byCondition,
    Map<String, String> waits) {

  private static final String GONE = "schema-guard preflight --respect-running ";

  List<UpgradeStep> of(Decision decision) {
    return switch (decision) {
      case ROLLING -> rolling();
      case STAGED -> staged();
      case RECREATE -> recreate();
    };
  }

  private List<UpgradeStep> rolling() {
    List<UpgradeStep> steps = new ArrayList<>();
    String back = from.name() + " can be restored at any time, without undoing anything";
    if (!shown.isEmpty()) {
      steps.add(
          new UpgradeStep(
              Action.MIGRATE, "apply everything that is pending", shown, commands.all(), back));
    }
    steps.add(rollOut(back));
    return steps;
  }

  private List<UpgradeStep> staged() {
    List<UpgradeStep> steps = new ArrayList<>();
    List<String> first = shown.subList(0, safe);
    List<String> rest = shown.subList(safe, shown.size());
    String back =
        from.name() + " can be restored until " + rest.get(0) + " is applied, without undoing";
    if (safe > 0) {
      steps.add(
          new UpgradeStep(
              Action.MIGRATE,
              "migrate up to " + first.get(safe - 1) + ", and no further",
              first,
              commands.upTo(states.path().subList(0, safe), states.headsOf(safe)),
              back));
    }
    boolean early = !byCondition;
    if (early) {
      steps.add(rollOut(back));
      steps.add(untilGone(back));
    }
    rest.stream()
        .filter(waits::containsKey)
        .forEach(
            revision ->
                steps.add(
                    new UpgradeStep(
                        Action.WAIT,
                        "wait before " + revision + ": " + waits.get(revision),
                        List.of(),
                        List.of(gone()),
                        back)));
    steps.add(
        new UpgradeStep(Action.MIGRATE, "apply the rest", rest, commands.all(), noWayBack(rest)));
    if (!early) {
      steps.add(rollOut(noWayBack(rest)));
    }
    return steps;
  }

  private List<UpgradeStep> recreate() {
    String first = shown.get(safe);
    String back = from.name() + " can be restored until " + first + " is applied, without undoing";
    List<String> all = shown;
    return List.of(
        new UpgradeStep(
            Action.STOP_OLD, "stop all instances of " + from.name(), List.of(), List.of(), back),
        untilGone(back),
        new UpgradeStep(
            Action.MIGRATE,
            "apply everything that is pending",
            all,
            commands.all(),
            noWayBack(shown.subList(safe, shown.size()))),
        new UpgradeStep(
            Action.START_NEW,
            "start " + to.name(),
            List.of(),
            List.of(),
            noWayBack(shown.subList(safe, shown.size()))));
  }

  private UpgradeStep rollOut(String back) {
    return new UpgradeStep(
        Action.ROLL_OUT,
        "replace the instances of " + from.name() + " by " + to.name() + ", one after the other",
        List.of(),
        List.of(),
        back);
  }

  /** Without options that name the new version, nothing judges the connected ones for it. */
  private UpgradeStep untilGone(String back) {
    boolean isNamed = !to.options().isEmpty();
    return new UpgradeStep(
        Action.WAIT,
        "wait until no instance of "
            + from.name()
            + (isNamed
                ? " is connected; this command exits with 11 until then, and asks the database of"
                    + " SCHEMA_GUARD_URL"
                : " is connected; this command lists the connected versions of the database of"
                    + " SCHEMA_GUARD_URL"),
        List.of(),
        List.of(isNamed ? gone() : "schema-guard fleet"),
        back);
  }

  private String gone() {
    return GONE + (to.options().isEmpty() ? "--app NEW" : to.options());
  }

  private String noWayBack(List<String> rest) {
    return from.name()
        + " cannot be restored any more without undoing "
        + rest.get(0)
        + (rest.size() == 1 ? "" : " and what follows it")
        + (from.options().isEmpty()
            ? ": run preflight with its artifact, which plans that"
            : ": schema-guard preflight " + from.options() + " plans that");
  }
}
