// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.files.SourceRevision;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The migrations that a new user's project holds.
 *
 * @param name where they are: a changelog below the resources, a location, or a directory of the
 *     project
 */
record StarterMigrations(StarterTool tool, String name) {

  /**
   * Those at the usual places, or empty where there are none.
   *
   * @throws ConfigurationException if there are those of several tools
   */
  static Optional<StarterMigrations> find(Path project) {
    List<StarterMigrations> found = new ArrayList<>();
    for (StarterTool tool : StarterTool.values()) {
      tool.find(project).ifPresent(name -> found.add(new StarterMigrations(tool, name)));
    }
    if (found.size() > 1) {
      throw new ConfigurationException(
          "init",
          "there are migrations of " + String.join(" and ", each(found, false)),
          "Name those that make this application's database: "
              + String.join(" or ", each(found, true)));
    }
    return found.stream().findFirst();
  }

  private static List<String> each(List<StarterMigrations> found, boolean asOption) {
    return found.stream()
        .map(one -> (asOption ? one.tool.option() : one.tool.title()) + " " + one.name)
        .toList();
  }

  /** Them, oldest first. */
  List<SourceRevision> read(Path project) {
    return tool.read(project, name);
  }
}
