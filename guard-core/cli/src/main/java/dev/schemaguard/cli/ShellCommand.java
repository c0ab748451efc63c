// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/** A command line that can be pasted into a shell. */
final class ShellCommand {

  /** Text that a shell does not need quoted. */
  private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

  private final StringBuilder line;

  ShellCommand(String command) {
    this.line = new StringBuilder(command);
  }

  /** Adds an option as it was given. */
  ShellCommand add(OptionSpec option) {
    if (option.arity().max() == 0) {
      line.append(' ').append(option.longestName());
    } else {
      option.originalStringValues().forEach(value -> add(option.longestName(), value));
    }
    return this;
  }

  /** Adds an option with a value, quoted if necessary. */
  ShellCommand add(String option, String value) {
    String word = PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    line.append(' ').append(option).append(' ').append(word);
    return this;
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
