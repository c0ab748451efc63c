// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tests that run where {@code script} can give a process a terminal, and fail without it in CI. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "dev.schemaguard.cli.RequiresTerminal$Script#isInstalled",
    disabledReason = RequiresTerminal.REASON)
@interface RequiresTerminal {

  /** Why a test did not run. */
  String REASON = "script of util-linux is not installed; Debian has it in bsdutils";

  /** The program. */
  final class Script {

    private Script() {}

    static boolean isInstalled() {
      boolean installed =
          System.getProperty("os.name").equals("Linux")
              && Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                  .anyMatch(folder -> Files.isExecutable(Path.of(folder, "script")));
      if (!installed && System.getenv("CI") != null) {
        throw new IllegalStateException(REASON);
      }
      return installed;
    }
  }
}
