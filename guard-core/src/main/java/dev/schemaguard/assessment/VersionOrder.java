// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.util.BitSet;
import java.util.Optional;

/** The order of a chain's lines by the versions in their names, such as {@code 4.0.0-rc1}. */
record VersionOrder(RevisionChain chain) {

  /**
   * Returns the lines that are not above a version that is in no line. A name that contains no
   * version cannot be ordered: as the argument it includes all lines, and a line with such a name
   * is always included.
   */
  BitSet notAbove(String name) {
    Optional<AppVersion> version = AppVersion.parse(name);
    BitSet lines = (BitSet) chain.all().clone();
    if (version.isPresent()) {
      for (int i = 0; i < chain.size(); i++) {
        if (isAbove(chain.revision(i), version.get())) {
          lines.clear(i);
        }
      }
    }
    return lines;
  }

  private static boolean isAbove(Revision line, AppVersion version) {
    return AppVersion.parse(line.name()).filter(v -> v.compareTo(version) > 0).isPresent();
  }

  /** Returns how two names compare, or empty if one of them contains no version. */
  static Optional<Integer> compare(String one, String other) {
    Optional<AppVersion> version = AppVersion.parse(one);
    return version.flatMap(v -> AppVersion.parse(other).map(v::compareTo));
  }
}
