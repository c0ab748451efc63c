// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.List;

/**
 * The options of {@code init} for reading migrations.
 *
 * @param classPath jars and directories with classes that the migrations use
 * @param recursive whether the sub-folders of Alembic's directories are read
 */
record InitSettings(List<String> classPath, boolean recursive) {

  InitSettings {
    classPath = List.copyOf(classPath);
  }

  ClassLoader loader() {
    return ClassPathOption.loader(classPath);
  }

  /**
   * Refuses options that this tool does not support.
   *
   * @throws ConfigurationException that names the option
   */
  void requireFor(InitTool tool) {
    boolean hasClasses = tool == InitTool.LIQUIBASE || tool == InitTool.FLYWAY;
    if (!classPath.isEmpty() && !hasClasses) {
      throw unused("--classpath", "Liquibase and Flyway", tool);
    }
    if (recursive && tool != InitTool.ALEMBIC) {
      throw unused("--recursive", "Alembic", tool);
    }
  }

  private static ConfigurationException unused(String option, String owner, InitTool tool) {
    return new ConfigurationException(
        option,
        "it is for migrations of " + owner + ", and these are of " + tool.title(),
        "Leave it out.");
  }
}
