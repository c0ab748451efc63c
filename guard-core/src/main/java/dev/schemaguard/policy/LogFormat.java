// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

import java.util.stream.Collectors;

/** The form in which a problem is logged. */
public enum LogFormat {
  /** One line for each part of the problem. The default. */
  MULTI_LINE,
  /** One line, for logs whose filters join or cut lines. */
  SINGLE_LINE;

  /** Returns the log message for a summary and the text of a problem in this form. */
  public String of(String summary, String text) {
    return this == MULTI_LINE
        ? summary + "\n" + text
        : summary
            + " | "
            + text.lines()
                .map(line -> line.strip().replaceAll(" {2,}", " "))
                .collect(Collectors.joining(" | "));
  }
}
