// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.rolling.RevisionEvidence;
import dev.schemaguard.build.rolling.UpgradePlan;
import dev.schemaguard.build.rolling.UpgradeStep;
import dev.schemaguard.status.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes the plan of an upgrade as JSON. */
final class RollingJson {

  private RollingJson() {}

  static String of(UpgradePlan plan) {
    List<Consumer<JsonObject>> evidence = new ArrayList<>();
    plan.evidence().forEach(each -> evidence.add(json -> write(each, json)));
    List<Consumer<JsonObject>> steps = new ArrayList<>();
    plan.steps().forEach(each -> steps.add(json -> write(each, json)));
    return new JsonObject()
        .put("from", plan.from())
        .put("to", plan.to())
        .put("tool", plan.tool().isEmpty() ? null : plan.tool())
        .put("decision", plan.decision().name().toLowerCase(Locale.ROOT))
        .put("exit_code", plan.exitCode())
        .put("reason", plan.reason())
        .put("starts_at", plan.startsAt())
        .put("safe_up_to", plan.safeUpTo())
        .put("stops_at", plan.stopsAt())
        .put("cannot_restart", plan.cannotRestart())
        .putObjects("evidence", evidence)
        .putObjects("steps", steps)
        .put("notes", plan.notes())
        .toString();
  }

  private static void write(RevisionEvidence evidence, JsonObject json) {
    json.put("revision", evidence.revision())
        .put("kind", evidence.kind().toString())
        .put("survives", evidence.survives())
        .put("why", evidence.why());
  }

  private static void write(UpgradeStep step, JsonObject json) {
    json.put("action", step.action().toString())
        .put("text", step.text())
        .put("revisions", step.revisions())
        .put("commands", step.commands())
        .put("way_back", step.wayBack());
  }
}
