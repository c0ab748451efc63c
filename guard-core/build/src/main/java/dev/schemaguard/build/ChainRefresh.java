// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Handles a file that is not current in the freshness test.
 *
 * @param environment the environment variables of the process, of which {@code CI} is used
 */
record ChainRefresh(Map<String, String> environment) {

  private static final int LINES_SHOWN = 20;

  /**
   * Writes the file, except in continuous integration.
   *
   * @return the difference and what to do, as the message of the failed test
   */
  String refresh(Path file, FileUpdate update) {
    String difference = "\n" + shown(update.difference());
    if (isContinuousIntegration()) {
      return file
          + " is not current. Run "
          + caller()
          + " where CI is not set, and commit what it writes: "
          + update.summary()
          + difference;
    }
    update.writeTo(file);
    return file + ": " + update.summary() + ", commit it" + difference;
  }

  private boolean isContinuousIntegration() {
    String value = environment.getOrDefault("CI", "").strip();
    return !value.isEmpty() && !value.equalsIgnoreCase("false");
  }

  /** Returns the test class that calls this, in the form that build tools accept. */
  private static String caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.map(StackWalker.StackFrame::getClassName).filter(n -> !isOwn(n)).findFirst())
        .map(name -> name.replaceFirst("\\$.*", ""))
        .orElse("this test");
  }

  private static boolean isOwn(String className) {
    return className.equals(SchemaFiles.class.getName())
        || className.equals(FilesVerification.class.getName())
        || className.equals(SchemaFilesRefresh.class.getName())
        || className.equals(ChainRefresh.class.getName());
  }

  private static String shown(List<String> difference) {
    String shown = difference.stream().limit(LINES_SHOWN).collect(Collectors.joining("\n"));
    int more = difference.size() - LINES_SHOWN;
    return more <= 0 ? shown : shown + "\nand " + more + " more";
  }
}
