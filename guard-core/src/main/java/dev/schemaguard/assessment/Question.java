// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.matrix.AppVersion;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For whom the database is judged.
 *
 * @param version the application's version, not necessarily one that can be compared; null: none
 * @param own whether it is the version of the application that asks, not one asked about by name
 * @param accepted ahead revisions that an operator takes on himself, by exact name
 */
public record Question(@Nullable String version, boolean own, Set<String> accepted) {

  /** Copies the names. */
  public Question {
    accepted = Set.copyOf(accepted);
  }

  /** The version, if it is one that can be compared with a marker. */
  Optional<AppVersion> comparableVersion() {
    return Optional.ofNullable(version).flatMap(AppVersion::parse);
  }
}
