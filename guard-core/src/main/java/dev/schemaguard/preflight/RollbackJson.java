// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.preflight.Rollback.Known;
import dev.schemaguard.preflight.Rollback.Undo;
import dev.schemaguard.status.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes a rollback as a JSON object. */
record RollbackJson(Rollback rollback) {

  void write(JsonObject json) {
    List<Consumer<JsonObject>> undo = new ArrayList<>(rollback.undo().size());
    for (Undo each : rollback.undo()) {
      undo.add(object -> write(each, object));
    }
    json.put("may_start", rollback.mayStart())
        .putObjects("undo", undo)
        .put("apply_again", rollback.applyAgain())
        .put("commands", rollback.commands())
        .put("notes", rollback.notes());
  }

  private static void write(Undo undo, JsonObject json) {
    json.put("revision", undo.revision());
    if (undo.hasRollback() == Known.UNKNOWN) {
      json.put("has_rollback", (String) null);
    } else {
      json.put("has_rollback", undo.hasRollback() == Known.YES);
    }
    json.put("loses_data", undo.losesData().name().toLowerCase(Locale.ROOT)).put("why", undo.why());
  }
}
