// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.ChangesetKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For whom the database is judged.
 *
 * @param version the application's version, not necessarily one that can be compared; null: none
 * @param own whether it is the version of the application that asks, not one asked about by name
 * @param accepted ahead revisions that an operator takes on himself, by the exact name that is
 *     shown or by the whole name
 */
public record AssessmentTarget(@Nullable String version, boolean own, Set<String> accepted) {

  /** Copies the names, with the paths in them normalised as those of the history are. */
  public AssessmentTarget {
    Set<String> names = new HashSet<>();
    for (String name : accepted) {
      names.add(ChangesetKey.canonical(name));
    }
    accepted = Set.copyOf(names);
  }

  /**
   * Returns the names of accepted revisions that a setting lists, separated by commas. In a name,
   * {@code \,} is a comma, {@code \\} a backslash, and <code>&#92;u0009</code> the character with
   * that code.
   */
  public static List<String> acceptedNames(String list) {
    return AcceptedNames.parse(list);
  }

  boolean accepts(String name) {
    return accepted.contains(name);
  }

  /** The version, if it is one that can be compared with a marker. */
  Optional<AppVersion> comparableVersion() {
    return version == null ? Optional.empty() : AppVersion.parse(version);
  }
}
