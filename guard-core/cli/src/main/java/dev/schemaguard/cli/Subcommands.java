// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The commands, by their names. To read the options of all of them takes longer than a check, so a
 * command line that begins with the name of a command is built for that command only.
 */
final class Subcommands {

  /** The names of all commands, in the order of the help. */
  static final List<String> NAMES =
      List.of(
          "preflight",
          "check",
          "wait",
          "status",
          "rolling",
          "fleet",
          "matrix",
          "revisions",
          "schema",
          "verify",
          "explain",
          "init",
          "launcher",
          "demo");

  private Subcommands() {}

  /**
   * Returns the command line that reads these arguments: with one command if the first argument
   * names it, else with all of them, for the help and for errors.
   */
  static CommandLine commandLine(String... arguments) {
    CommandLine line = new CommandLine(new SchemaGuardCommand());
    Object only = arguments.length == 0 ? null : command(arguments[0]);
    if (only != null) {
      line.addSubcommand(only);
    } else {
      for (String name : NAMES) {
        line.addSubcommand(command(name));
      }
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Returns a new command; null if none has the name. */
  private static @Nullable Object command(String name) {
    return switch (name) {
      case "preflight" -> new PreflightCommand();
      case "check" -> new CheckCommand();
      case "wait" -> new WaitCommand();
      case "status" -> new StatusCommand();
      case "rolling" -> new RollingCommand();
      case "fleet" -> new FleetCommand();
      case "matrix" -> new MatrixCommand();
      case "revisions" -> new RevisionsCommand();
      case "schema" -> new SchemaCommand();
      case "verify" -> new VerifyCommand();
      case "explain" -> new ExplainCommand();
      case "init" -> new InitCommand();
      case "demo" -> new DemoCommand();
      case "launcher" -> new LauncherCommand();
      default -> null;
    };
  }
}
