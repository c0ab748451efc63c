// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.status.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A version of the application that is connected to the database now.
 *
 * @param version the version, as its connections say
 * @param connections how many they are
 * @param survival how far it survives what is pending; null where that cannot be told, as without a
 *     chain
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
