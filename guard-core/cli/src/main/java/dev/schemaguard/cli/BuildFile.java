// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The relevant content of a module's build files.
 *
 * @param artifact the matching artifact of Schema Guard
 * @param gradle whether the module is built by Gradle
 */
record BuildFile(String artifact, boolean gradle) {

  static final String SPRING = "guard-spring-autoconfigure";
  static final String SERVLET = "guard-servlet";

  private static final Pattern SPRING_BOOT = Pattern.compile("org\\.springframework\\.boot");
  private static final Pattern WEB =
      Pattern.compile(
          "jakarta\\.servlet|<packaging>\\s*war|\\bid[ (]+[\"']war[\"']|plugin:"
              + " ['\"]war['\"]|^\\s*war\\s*$",
          Pattern.MULTILINE);

  /** Reads the build files of a module and of the directories above it in the project. */
  static BuildFile of(Path project, Path module) {
    ProjectTree tree = new ProjectTree(project, List.of());
    StringBuilder text = new StringBuilder();
    boolean gradle = false;
    for (Path folder = module; folder != null; folder = parent(folder)) {
      text.append(tree.read(folder.resolve("pom.xml")));
      String script =
          tree.read(folder.resolve("build.gradle")) + tree.read(folder.resolve("build.gradle.kts"));
      gradle |= !script.isEmpty();
      text.append(script);
    }
    String artifact =
        SPRING_BOOT.matcher(text).find()
            ? SPRING
            : WEB.matcher(text).find() ? SERVLET : "guard-core";
    return new BuildFile(artifact, gradle);
  }

  @org.jspecify.annotations.Nullable
  private static Path parent(Path folder) {
    if (folder.toString().isEmpty()) {
      return null;
    }
    Path parent = folder.getParent();
    return parent == null ? Path.of("") : parent;
  }
}
