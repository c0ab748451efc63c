// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.rolling.RevisionEvidence;
import dev.schemaguard.build.rolling.UpgradePlan;
import dev.schemaguard.build.rolling.UpgradeStep;
import dev.schemaguard.preflight.Preflight.Decision;
import java.util.List;
import java.util.Locale;

/** Prints the plan of an upgrade for people, as text or as Markdown. */
final class RollingText {

  private static final int COLUMN = 15;

  private RollingText() {}

  /** Returns the answer in one sentence, without its reason. */
  static String answer(UpgradePlan plan) {
    return switch (plan.decision()) {
      case ROLLING -> "ROLLING: migrate, then replace the instances one by one";
      case STAGED -> "STAGED: " + plan.stopsAt() + " has to wait";
      case RECREATE -> "RECREATE: stop " + plan.from() + " before the migration";
    };
  }

  static void print(UpgradePlan plan, Output output) {
    output.printLine("Rolling " + output.named(plan.from() + " → " + plan.to()));
    line(output, "at", plan.startsAt() == null ? "no revision" : plan.startsAt());
    String label = "evidence";
    for (RevisionEvidence each : plan.evidence()) {
      line(output, label, (each.survives() ? "✔ " : "✖ ") + each.revision() + ": " + each.why());
      label = "";
    }
    line(output, "why", plan.reason());
    if (!plan.cannotRestart().isEmpty()) {
      line(output, "careful", "at the end cannot restart: " + join(plan.cannotRestart()));
    }
    printSteps(plan.steps(), output);
    plan.notes().forEach(note -> line(output, "note", note));
    output.printAnswer(
        plan.decision() == Decision.ROLLING,
        (plan.decision() == Decision.ROLLING ? "✔ " : "✖ ") + answer(plan));
  }

  /** Prints the steps; a way back that the next step shares is printed once. */
  private static void printSteps(List<UpgradeStep> steps, Output output) {
    for (int i = 0; i < steps.size(); i++) {
      UpgradeStep step = steps.get(i);
      line(output, "step " + (i + 1), step.text());
      // A command is not wrapped, so that it can be copied.
      step.commands().forEach(command -> output.printRaw(" ".repeat(COLUMN) + command));
      if (i + 1 == steps.size() || !steps.get(i + 1).wayBack().equals(step.wayBack())) {
        line(output, "way back", step.wayBack());
      }
    }
  }

  private static void line(Output output, String label, String value) {
    output.printLine("  " + label, COLUMN, value);
  }

  /** Returns the plan as Markdown, for instance for the comment on a pull request. */
  static String markdown(UpgradePlan plan) {
    StringBuilder text = new StringBuilder();
    text.append("### Schema upgrade ")
        .append(Markdown.text(plan.from() + " → " + plan.to()))
        .append(": ")
        .append(plan.decision().name().toLowerCase(Locale.ROOT))
        .append("\n\n")
        .append(Markdown.text(plan.reason()))
        .append(".\n");
    if (!plan.evidence().isEmpty()) {
      text.append("\n| Revision | ")
          .append(Markdown.text(plan.from()))
          .append(" survives | Evidence |\n|---|---|---|\n");
      for (RevisionEvidence each : plan.evidence()) {
        text.append("| ")
            .append(Markdown.text(each.revision()))
            .append(each.survives() ? " | yes | " : " | **no** | ")
            .append(Markdown.text(each.why()))
            .append(" |\n");
      }
    }
    int number = 1;
    text.append('\n');
    for (UpgradeStep step : plan.steps()) {
      text.append(number++).append(". ").append(Markdown.text(step.text())).append("\n");
      if (!step.commands().isEmpty()) {
        text.append("\n   ```sh\n");
        step.commands().forEach(command -> text.append("   ").append(command).append('\n'));
        text.append("   ```\n");
      }
      text.append("\n   *").append(Markdown.text(step.wayBack())).append("*\n\n");
    }
    if (!plan.cannotRestart().isEmpty()) {
      text.append("At the end these versions cannot restart: ")
          .append(Markdown.text(join(plan.cannotRestart())))
          .append(".\n\n");
    }
    plan.notes().forEach(note -> text.append("Note: ").append(Markdown.text(note)).append(".\n\n"));
    return text.toString();
  }

  private static String join(List<String> names) {
    return String.join(", ", names);
  }
}
