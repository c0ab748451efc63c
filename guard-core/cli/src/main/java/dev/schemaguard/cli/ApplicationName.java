// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The name that a project gives its application. Spring Boot's setting comes first, because it
 * takes precedence over the name in the matrix when the application runs.
 *
 * @param tree the files of the project
 * @param module the directory of the application's module
 */
record ApplicationName(ProjectTree tree, Path module) {

  private static final String SETTING = "spring.application.name";

  /**
   * The placeholders for the artifactId that Maven's resource filtering replaces in a settings
   * file.
   */
  private static final Set<String> FILTERED_ARTIFACT =
      Set.of("@project.artifactId@", "@artifactId@", "${project.artifactId}");

  /**
   * Returns the name from Spring Boot's setting, else from the build file, else from the directory.
   * Empty if the name is known only when the application starts.
   */
  Optional<String> find() {
    SpringSettings settings = new SpringSettings(tree, module);
    ProjectName project = new ProjectName(tree, module);
    Optional<String> setting = settings.text(SETTING).filter(text -> !text.isBlank());
    if (setting.isPresent()) {
      String text = setting.get();
      if (FILTERED_ARTIFACT.contains(text)) {
        return project.find();
      }
      boolean plain = !text.contains("${") && !text.matches("@.*@");
      return plain ? setting : Optional.empty();
    }
    return settings.isSetElsewhere(SETTING)
        ? Optional.empty()
        : Optional.of(project.find().orElseGet(this::directory));
  }

  private String directory() {
    Path directory = tree.root().resolve(module).toAbsolutePath().normalize().getFileName();
    return Objects.toString(directory, "application");
  }
}
