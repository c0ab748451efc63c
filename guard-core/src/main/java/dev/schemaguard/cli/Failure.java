// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.history.SqlFailure;
import dev.schemaguard.matrix.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** How a command that could not do its work ends: what is printed, and with which exit code. */
final class Failure {

  static final int INTERNAL = 1;
  static final int CONFIGURATION = 2;

  private static final String FRAME = "\tat ";

  private Failure() {}

  static int exitCode(Throwable failure) {
    return failure instanceof ConfigurationException ? CONFIGURATION : INTERNAL;
  }

  static int report(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof ConfigurationException wrong) {
      command.getErr().println(wrong.text());
    } else {
      command
          .getErr()
          .println(
              "Schema Guard failed, which is a defect of its own: "
                  + SqlFailure.withoutCredentials(failure.toString())
                  + "\nRun it again with --stacktrace and report what it prints.");
    }
    ParseResult last = parsed;
    while (last.subcommand() != null) {
      last = last.subcommand();
    }
    if (last.hasMatchedOption("--stacktrace")) {
      command.getErr().print(stackTrace(failure));
    }
    command.getErr().flush();
    return exitCode(failure);
  }

  /** The messages of drivers quote URLs; frames name modules with an @ and hold no message. */
  private static String stackTrace(Exception failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString()
        .lines()
        .map(line -> line.startsWith(FRAME) ? line : SqlFailure.withoutCredentials(line))
        .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
  }

  static int usage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println(SqlFailure.withoutCredentials("" + failure.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr());
    command
        .getErr()
        .println("Run '" + command.getCommandSpec().qualifiedName() + " --help' for its options.");
    return CONFIGURATION;
  }
}
