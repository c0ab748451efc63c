// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.ChangesetKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The version for which the database is assessed.
 *
 * @param version the application's version, not necessarily a comparable one; null if there is none
 * @param own whether it is the version of the application that asks, not one asked about by name
 * @param accepted ahead revisions that an operator explicitly accepts, by their exact display name
 *     or by their whole name
 * @param application the name of the application; null if it has none
 */
public record AssessmentTarget(
    @Nullable String version, boolean own, Set<String> accepted, @Nullable String application) {

  /** Copies the names and normalises the paths in them like those of the history. */
  public AssessmentTarget {
    Set<String> names = new HashSet<>();
    for (String name : accepted) {
      names.add(ChangesetKey.canonical(name));
    }
    accepted = Set.copyOf(names);
  }

  /** Returns the same target, for which no operator accepted anything. */
  AssessmentTarget withoutAccepted() {
    return new AssessmentTarget(version, own, Set.of(), application);
  }

  boolean accepts(String name) {
    return accepted.contains(name);
  }

  /** Returns the version if it can be compared with a marker. */
  Optional<AppVersion> comparableVersion() {
    return version == null ? Optional.empty() : AppVersion.parse(version);
  }
}
