// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import org.jspecify.annotations.Nullable;

/**
 * One row of the matrix, as written; {@link CompatibilityMatrix#resolve} turns its references into
 * revisions.
 *
 * @param label the App version cell: {@code 0.6.1}, {@code 1.0.x}, {@code current}
 * @param pattern the versions that the row speaks for
 * @param expected the revision that these versions were built for, or {@link #HEAD}
 * @param min the oldest revision that they run on; null: equal to expected
 * @param max the newest revision that they are known to run on, {@link #ANY}, or null where nobody
 *     has said
 * @param where {@code file:line}
 */
public record MatrixRow(
    String label,
    VersionPattern pattern,
    String expected,
    @Nullable String min,
    @Nullable String max,
    String where) {

  /** The reference that means the whole chain; in the row {@code current} only. */
  public static final String HEAD = "head";

  /** The Max that admits every later revision. */
  public static final String ANY = "any";

  /**
   * A row of these cells.
   *
   * @param expected null means {@link #HEAD}, in the row {@code current} only
   * @throws ConfigurationException if the label spells no versions or {@code head} is misplaced
   */
  public static MatrixRow of(
      String label,
      @Nullable String expected,
      @Nullable String min,
      @Nullable String max,
      String where) {
    VersionPattern pattern =
        VersionPattern.parse(label)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        where,
                        "'" + label + "' is no application version",
                        "Write " + VersionPattern.FORMS + "."));
    boolean current = pattern instanceof VersionPattern.Current;
    if (expected == null && !current) {
      throw new ConfigurationException(
          where,
          "'" + label + "' has no expected revision",
          "Name the revision that this version was built for; only the row current may leave it"
              + " blank, which means head.");
    }
    if ((HEAD.equals(expected) && !current) || HEAD.equals(min) || HEAD.equals(max)) {
      throw new ConfigurationException(
          where,
          "'head' stands in a place where it has no fixed meaning",
          "Use head only as the expected revision of the row current; elsewhere name the revision.");
    }
    return new MatrixRow(label, pattern, expected == null ? HEAD : expected, min, max, where);
  }
}
