// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import org.jspecify.annotations.Nullable;

/**
 * The revisions that a row names, by their display names.
 *
 * @param expected the expected revision; null if it is unknown
 * @param min the minimum; null if it is unknown
 * @param max the maximum as named, {@code any}, or null
 */
public record RowBounds(@Nullable String expected, @Nullable String min, @Nullable String max) {

  /** The bounds of a version without a row. */
  static final RowBounds UNKNOWN = new RowBounds(null, null, null);
}
