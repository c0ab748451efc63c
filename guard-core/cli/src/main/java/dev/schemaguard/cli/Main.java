// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExitCodeExceptionMapper;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

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
    Failures failures = new Failures();
    return Subcommands.commandLine(arguments)
        .setExitCodeExceptionMapper(failures)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(arguments);
  }

  /** A class, because no archive of classes holds lambdas of these interfaces. */
  private static final class Failures
      implements IExitCodeExceptionMapper, IExecutionExceptionHandler, IParameterExceptionHandler {

    @Override
    public int getExitCode(Throwable failure) {
      return Failure.exitCode(failure);
    }

    @Override
    public int handleExecutionException(
        Exception failure, CommandLine command, ParseResult parsed) {
      return Failure.report(failure, command, parsed);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
      return Failure.usage(failure, arguments);
    }
  }
}
