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
 * @param tolerance how many of the pending revisions it tolerates; null if that is unknown, for
 *     example without a chain
 */
public record RunningVersion(
    String version, int connections, @Nullable UpgradeTolerance tolerance) {

  void write(JsonObject json) {
    UpgradeTolerance.Reason reason = tolerance == null ? null : tolerance.reason();
    json.put("version", version)
        .put("connections", connections)
        .put("survives_up_to", tolerance == null ? null : tolerance.upTo().orElse(null))
        .put("stops_at", tolerance == null ? null : tolerance.stopsAt().orElse(null))
        .put("reason", reason == null ? null : reason.name().toLowerCase(Locale.ROOT));
  }
}
