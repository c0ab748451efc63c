// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.preflight.Preflight.Decision;
import dev.schemaguard.preflight.Preflight.Requirement;
import dev.schemaguard.status.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a preflight as JSON: the keys of the status, followed by its own. */
record PreflightJson(Preflight preflight) {

  String text() {
    Rollback rollback = preflight.rollback();
    JsonObject json =
        preflight
            .status()
            .json()
            .put("recommendation", preflight.go() ? "go" : "no-go")
            .put("exit_code", preflight.exitCode())
            .put("cannot_restart", preflight.cannotRestart())
            .put("decision", word(preflight.decision()))
            .put("stops_at", preflight.stopsAt())
            .putObjects("requires", requires());
    List<RunningVersion> running = preflight.running();
    if (running == null) {
      json.put("running", (String) null);
    } else {
      List<Consumer<JsonObject>> versions = new ArrayList<>(running.size());
      for (RunningVersion version : running) {
        versions.add(version::write);
      }
      json.putObjects("running", versions);
    }
    return json.put("safe_up_to", preflight.safeUpTo())
        .put("not_seen", preflight.notSeen())
        .putObject("rollback", rollback == null ? null : new RollbackJson(rollback)::write)
        .toString();
  }

  private List<Consumer<JsonObject>> requires() {
    List<Consumer<JsonObject>> written = new ArrayList<>();
    for (Requirement each : preflight.requires()) {
      written.add(json -> write(each, json));
    }
    return written;
  }

  private static void write(Requirement requirement, JsonObject json) {
    Boolean holds = requirement.holds();
    json.put("revision", requirement.revision())
        .put("text", requirement.text())
        .put("sql", requirement.sql());
    if (holds == null) {
      json.put("holds", (String) null);
    } else {
      json.put("holds", holds);
    }
    json.put("reason", requirement.reason().isEmpty() ? null : requirement.reason());
  }

  private static @Nullable String word(@Nullable Decision decision) {
    return decision == null ? null : decision.name().toLowerCase(Locale.ROOT);
  }
}
