// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.testing.GeneratedDocuments;
import dev.schemaguard.testing.Tally;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever stands in {@code Paths:}, it covers what its signs say, in time. */
@Tag("inputs")
class PathPatternsFuzzTest {

  private static final int MEGABYTE = 1_000_000;

  private static boolean covers(String pattern, String path) {
    HistoryEntry entry =
        new HistoryEntry(path + "::1::me", "1", path, Outcome.APPLIED, false, null, null, null);
    return new PathPatterns(List.of(pattern)).isOurs(entry);
  }

  /** The meaning of the signs, spelt out: slow, and only for short texts. */
  private static boolean means(String pattern, String path) {
    if (pattern.isEmpty()) {
      return path.isEmpty();
    }
    if (pattern.startsWith("**/")) {
      String rest = pattern.substring(3);
      return means(rest, path) || anyTailAfter('/', rest, path);
    }
    if (pattern.startsWith("**")) {
      return means(pattern.substring(2), path) || (!path.isEmpty() && means(pattern, tail(path)));
    }
    boolean within = !path.isEmpty() && path.charAt(0) != '/';
    return switch (pattern.charAt(0)) {
      case '*' -> means(tail(pattern), path) || (within && means(pattern, tail(path)));
      case '?' -> within && means(tail(pattern), tail(path));
      default ->
          !path.isEmpty()
              && path.charAt(0) == pattern.charAt(0)
              && means(tail(pattern), tail(path));
    };
  }

  private static boolean anyTailAfter(char sign, String pattern, String path) {
    for (int at = path.indexOf(sign); at >= 0; at = path.indexOf(sign, at + 1)) {
      if (means(pattern, path.substring(at + 1))) {
        return true;
      }
    }
    return false;
  }

  private static String tail(String text) {
    return text.substring(1);
  }

  @Test
  void aPatternCoversWhatItsSignsSay() {
    GeneratedDocuments documents = new GeneratedDocuments(31);
    int covered = 0;
    try (Tally tally = new Tally("path patterns")) {
      for (int i = 0; i < Tally.inputs(60_000); i++) {
        String pattern = documents.path(true);
        String path = documents.path(false);
        boolean meant = means(ChangesetKey.normalize(pattern), path);
        covered += meant ? 1 : 0;
        tally.check(
            "'" + pattern + "' for '" + path + "'",
            () -> assertThat(covers(pattern, path)).isEqualTo(meant));
      }
    }
    assertThat(covered).isGreaterThan(Tally.inputs(4_000));
  }

  @Test
  void manySignsAreMatchedInTime() {
    try (Tally tally = new Tally("path patterns of up to a megabyte of the same signs")) {
      for (String sign :
          List.of("*", "**", "**/", "*a", "**a", "**/a", "?", "a", "a/", "(", "\\Q", "é")) {
        for (int count : new int[] {30, 127, MEGABYTE / sign.length()}) {
          String pattern = sign.repeat(count) + "b";
          tally.check(sign + " " + count, () -> covers(pattern, "a/".repeat(127)));
          tally.check(sign + " " + count, () -> covers(pattern, "a".repeat(255)));
        }
      }
    }
  }
}
