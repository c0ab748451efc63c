// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.matrix.ChangesetKey;

/**
 * One pattern for paths. It is matched character by character for all possible ends at once. A
 * regular expression would try every way to divide a path among many stars, and take practically
 * forever.
 */
final class PathPattern {

  private static final int FOLDER_END = '/';

  private final String text;

  /** Creates the pattern from its text in {@code Paths:}. */
  PathPattern(String text) {
    this.text = ChangesetKey.normalize(text);
  }

  boolean covers(String path) {
    int[] characters = path.codePoints().toArray();
    boolean[] ends = new boolean[characters.length + 1];
    ends[0] = true;
    for (int i = 0; i < text.length(); ) {
      if (text.startsWith("**/", i)) {
        addFolders(ends, characters);
        i += 3;
      } else if (text.startsWith("**", i)) {
        addAnything(ends, characters, true);
        i += 2;
      } else if (text.charAt(i) == '*') {
        addAnything(ends, characters, false);
        i++;
      } else {
        int sign = text.codePointAt(i);
        if (!moveByOne(ends, characters, sign)) {
          return false;
        }
        i += Character.charCount(sign);
      }
    }
    return ends[characters.length];
  }

  private static void addFolders(boolean[] ends, int[] path) {
    boolean begun = false;
    for (int end = 0; end < ends.length; end++) {
      boolean folder = end > 0 && path[end - 1] == FOLDER_END && begun;
      begun |= ends[end];
      ends[end] |= folder;
    }
  }

  private static void addAnything(boolean[] ends, int[] path, boolean folders) {
    for (int end = 1; end < ends.length; end++) {
      ends[end] |= ends[end - 1] && (folders || path[end - 1] != FOLDER_END);
    }
  }

  private static boolean moveByOne(boolean[] ends, int[] path, int sign) {
    boolean any = false;
    for (int end = ends.length - 1; end > 0; end--) {
      int last = path[end - 1];
      ends[end] = ends[end - 1] && (sign == '?' ? last != FOLDER_END : last == sign);
      any |= ends[end];
    }
    ends[0] = false;
    return any;
  }
}
