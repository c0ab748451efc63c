// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.Locale;

/**
 * The impact of a migration on versions of the application that are older than it. Later constants
 * are worse.
 */
public enum Impact {
  /** An older version is not affected. */
  EXPAND,
  /** It cannot be determined from the migration alone. */
  UNCLEAR,
  /** An older version may break. */
  CONTRACT;

  /** Returns the worse of the two. */
  public Impact and(Impact other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
