// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.dialect.SqlFailure;
import dev.schemaguard.matrix.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Handles a command that failed: it determines what is printed, and the exit code. */
final class Failure {

  static final int INTERNAL = 1;
  static final int CONFIGURATION = 2;

  private static final String FRAME = "\tat ";

  private Failure() {}

  static int exitCode(Throwable failure) {
    return failure instanceof ConfigurationException || failure instanceof InvalidPathException
        ? CONFIGURATION
        : INTERNAL;
  }

  static int report(Exception failure, CommandLine command, ParseResult parsed) {
    Output output = new Output();
    if (failure instanceof ConfigurationException wrong) {
      output.reportLines(wrong.text());
    } else if (failure instanceof InvalidPathException wrong) {
      output.reportLines(notAPath(wrong).text());
    } else {
      output.report(
          "Schema Guard failed, which is a defect of its own: "
              + SqlFailure.withoutCredentials(failure.toString()));
      output.report("Run it again with --stacktrace and report what it prints.");
    }
    ParseResult last = parsed;
    while (last.subcommand() != null) {
      last = last.subcommand();
    }
    if (last.hasMatchedOption("--stacktrace")) {
      Output.write(System.err, stackTrace(failure).replace("\t", "    ").stripTrailing());
    }
    return exitCode(failure);
  }

  /** A name may be that of a file on one system and not on another, which has reserved signs. */
  private static ConfigurationException notAPath(InvalidPathException wrong) {
    return new ConfigurationException(
        SqlFailure.withoutCredentials(wrong.getInput()),
        "no file on this system can have this name: " + wrong.getReason(),
        "Name an existing file or directory, as this system writes it.",
        wrong);
  }

  /**
   * Returns the stack trace without credentials, because messages of drivers contain URLs. Frames
   * are kept unchanged: they contain no message, and an @ in them is part of a module's name.
   */
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
    StringWriter suggestions = new StringWriter();
    CommandLine.UnmatchedArgumentException.printSuggestions(
        failure, new PrintWriter(suggestions, true));
    Output output = new Output();
    output.report(SqlFailure.withoutCredentials("" + failure.getMessage()));
    if (!suggestions.toString().isBlank()) {
      output.reportLines(suggestions.toString().strip());
    }
    output.report("Run '" + command.getCommandSpec().qualifiedName() + " --help' for its options.");
    return CONFIGURATION;
  }
}
