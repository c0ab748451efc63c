// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

/** The command line in this JVM, for tests of other packages. */
public final class CommandLineRun {

  private CommandLineRun() {}

  /** Runs one command, which prints as it always does; the exit code. */
  public static int of(String... arguments) {
    return Main.run(arguments);
  }

  /** Parses one command without running it. */
  public static void parse(String... arguments) {
    Subcommands.commandLine(arguments).parseArgs(arguments);
  }
}
