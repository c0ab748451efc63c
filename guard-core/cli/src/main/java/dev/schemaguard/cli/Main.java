// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.util.logging.LogManager;
import picocli.CommandLine;

/**
 * The entry point of the command line. Its exit codes never change; the documentation lists them.
 */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Disables the logging of libraries, because the command line prints everything that its user
    // needs.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    LogManager.getLogManager().reset();
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    CommandLine commandLine = new CommandLine(new SchemaGuardCommand());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExitCodeExceptionMapper(Failure::exitCode);
    commandLine.setExecutionExceptionHandler(Failure::report);
    commandLine.setParameterExceptionHandler(Failure::usage);
    return commandLine.execute(arguments);
  }
}
