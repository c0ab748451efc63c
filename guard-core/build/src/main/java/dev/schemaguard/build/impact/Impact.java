// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.Locale;

/**
 * What a migration does to versions of the application that are older than it; the worse the later.
 */
public enum Impact {
  /** An older version does not notice. */
  EXPAND,
  /** Nobody can tell from the migration alone. */
  UNCLEAR,
  /** An older version may break. */
  CONTRACT;

  /** The worse of the two. */
  public Impact and(Impact other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
