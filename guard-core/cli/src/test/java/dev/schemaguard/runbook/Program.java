// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that a {@link Shell} runs in this JVM, so that no command starts another one. */
@FunctionalInterface
interface Program {

  /**
   * How it was called.
   *
   * @param folder the shell's working directory
   * @param environment what the shell exports
   */
  record Call(Path folder, List<String> arguments, Map<String, String> environment) {}

  /** Does its work, printing on {@code System.out} and {@code System.err}; the exit code. */
  int run(Call call) throws Exception;
}
