// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.status.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A version of the application that is connected to the database now.
 *
 * @param version the version, from the tags on its connections
 * @param connections how many connections it has
 * @param survival how many of the pending revisions it tolerates; null if that is unknown, for
 *     example without a chain
 */
public record RunningVersion(String version, int connections, @Nullable UpgradeTolerance survival) {

  void write(JsonObject json) {
    UpgradeTolerance.Reason reason = survival == null ? null : survival.reason();
    json.put("version", version)
        .put("connections", connections)
        .put("survives_up_to", survival == null ? null : survival.upTo().orElse(null))
        .put("stops_at", survival == null ? null : survival.stopsAt().orElse(null))
        .put("reason", reason == null ? null : reason.name().toLowerCase(Locale.ROOT));
  }
}
