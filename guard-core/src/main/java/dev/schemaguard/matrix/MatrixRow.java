// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the matrix, as written. {@link CompatibilityMatrix#resolve} turns its references into
 * revisions.
 *
 * @param label the App version cell: {@code 0.6.1}, {@code 1.0.x}, {@code current}
 * @param pattern the versions that the row applies to
 * @param expected the revision that these versions were built for, or {@link #HEAD}
 * @param min the oldest revision that they run on; null means equal to expected
 * @param max the newest revision that they are known to run on, {@link #ANY}, or null if it is not
 *     stated
 * @param where {@code file:line}
 */
public record MatrixRow(
    String label,
    VersionPattern pattern,
    String expected,
    @Nullable String min,
    @Nullable String max,
    String where)
    implements VersionRow {

  /** The reference that means the whole chain. It is allowed in the row {@code current} only. */
  public static final String HEAD = "head";

  /** The Max that accepts every later revision. */
  public static final String ANY = "any";

  /**
   * Creates a row from these cells. A blank cell is the same as null.
   *
   * @param expected null means {@link #HEAD}, in the row {@code current} only
   * @throws ConfigurationException if the label does not spell any versions or {@code head} is
   *     misplaced
   */
  public static MatrixRow of(
      String label,
      @Nullable String expected,
      @Nullable String min,
      @Nullable String max,
      String where) {
    VersionPattern pattern = VersionPattern.parse(label).orElse(null);
    if (pattern == null) {
      throw new ConfigurationException(
          where,
          "'" + label + "' is not an application version",
          "Write " + VersionPattern.FORMS + ".");
    }
    boolean current = pattern instanceof VersionPattern.Current;
    String expectedRevision = cell(expected, where);
    if (expectedRevision == null && !current) {
      throw new ConfigurationException(
          where,
          "'" + label + "' has no expected revision",
          "Name the revision that this version was built for; only the row current may leave it"
              + " blank, which means head.");
    }
    String minRevision = cell(min, where);
    String maxRevision = cell(max, where);
    if ((HEAD.equals(expectedRevision) && !current)
        || HEAD.equals(minRevision)
        || HEAD.equals(maxRevision)) {
      throw new ConfigurationException(
          where,
          "'head' stands in a place where it has no fixed meaning",
          "Use head only as the expected revision of the row current; elsewhere name the revision.");
    }
    if (ANY.equals(expectedRevision) || ANY.equals(minRevision)) {
      throw new ConfigurationException(
          where,
          "'any' stands in a place where it has no meaning",
          "Use any only as the maximum; elsewhere name the revision.");
    }
    return new MatrixRow(
        label.strip(),
        pattern,
        expectedRevision == null ? HEAD : expectedRevision,
        minRevision,
        maxRevision,
        where);
  }

  private static @Nullable String cell(@Nullable String text, String where) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String cell = text.strip();
    for (String word : List.of(HEAD, ANY)) {
      if (cell.equalsIgnoreCase(word) && !cell.equals(word)) {
        throw new ConfigurationException(
            where, "'" + cell + "' is not '" + word + "'", "Write it in lower case.");
      }
    }
    return cell;
  }
}
