// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The executable jar as a process of its own, for tests of other packages. */
public final class RealJar {

  private RealJar() {}

  /**
   * Runs one command, and prints what it printed.
   *
   * @param environment of which it gets the variables of Schema Guard
   * @return its exit code
   */
  public static int run(Path directory, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    CliProcess process = new CliProcess().in(directory);
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("SCHEMA_GUARD_")) {
            process.environment(name, value);
          }
        });
    CliProcess.Result result = process.run(arguments.toArray(String[]::new));
    System.out.print(result.out());
    System.err.print(result.err());
    return result.exitCode();
  }
}
