// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import java.util.regex.Pattern;

/** Output as a page shows it: a line that is {@code …} stands for any lines, a time for any. */
final class Shown {

  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
  private static final Pattern AGE = Pattern.compile("\\d+ (?:s|min|h) ago");

  private Shown() {}

  /** What real output must match. */
  static Pattern pattern(String output) {
    StringBuilder pattern = new StringBuilder();
    for (String line : output.split("\n", -1)) {
      pattern.append(line.strip().equals("…") ? "(?:.*\n)*" : exactly(line) + "\n");
    }
    // The last line is the empty one behind the end of the one before.
    return Pattern.compile(pattern.substring(0, pattern.length() - 1));
  }

  private static String exactly(String line) {
    String quoted = Pattern.quote(line);
    quoted = TIME.matcher(quoted).replaceAll("\\\\E[0-9T:.-]+\\\\Q");
    return AGE.matcher(quoted).replaceAll("\\\\E[0-9]+ .{1,8} ago\\\\Q");
  }
}
