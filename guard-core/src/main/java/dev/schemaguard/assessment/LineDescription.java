// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.matrix.Revision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The description of a numbered line, which is in its aliases. Versions such as 1 and 2 are in
 * every project; Flyway's descriptions of them differ.
 *
 * @param slugs its possible forms, with underscores; empty if the chain has none
 */
record LineDescription(List<String> slugs) {

  static LineDescription of(Revision line) {
    List<String> slugs = new ArrayList<>();
    String version = line.name() + "_";
    for (String alias : line.aliases()) {
      if (alias.startsWith(version)) {
        slugs.add(alias.substring(version.length()).replace(' ', '_'));
      }
    }
    return new LineDescription(slugs);
  }

  boolean isKnown() {
    return !slugs.isEmpty();
  }

  /** Returns whether a recorded description is this one, or one of them is unknown. */
  boolean mayBe(@Nullable String recorded) {
    return slugs.isEmpty() || recorded == null || slugs.contains(recorded.replace(' ', '_'));
  }
}
