// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.MigrationSources;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The migrations that were found in a project.
 *
 * @param tool the tool that runs them
 * @param module the directory of their module, relative to the project's directory; empty for the
 *     project's directory itself
 * @param names their places in the module: a changelog below the resources, locations, or
 *     directories; on every system with forward slashes, as Java and Flyway write them
 * @param vendor the database that replaces {@code {vendor}} in the names; empty if there is none
 */
record InitMigrations(InitTool tool, Path module, List<String> names, String vendor) {

  InitMigrations {
    String separator = module.getFileSystem().getSeparator();
    names = names.stream().map(name -> name.replace(separator, "/")).toList();
  }

  /** Creates the migrations that an option names, in the project's own directory. */
  InitMigrations(InitTool tool, String name, String vendor) {
    this(tool, Path.of(""), List.of(name), vendor);
  }

  /**
   * Finds migrations in the project's files; empty if there are none.
   *
   * @param choice asks the user if there are several; empty if this is an error
   * @throws ConfigurationException if there are several; it contains the options that select one
   */
  static Optional<InitMigrations> find(Path project, String vendor, Optional<InitChoice> choice) {
    ProjectTree tree = ProjectTree.of(project);
    List<InitMigrations> found = new ArrayList<>();
    for (InitTool tool : InitTool.values()) {
      found.addAll(tool.find(tree));
    }
    if (!vendor.isEmpty()) {
      found.removeIf(one -> !one.vendor.isEmpty() && !one.vendor.equals(vendor));
    }
    if (found.size() < 2) {
      return found.stream().findFirst();
    }
    List<String> places =
        found.stream().map(one -> one.tool.title() + " in " + one.shown()).toList();
    if (choice.isPresent()) {
      return choice.get().of(places).map(found::get);
    }
    throw new ConfigurationException(
        "init",
        "there are several places with migrations: " + String.join(", ", places),
        "Choose one, which makes this application's database: "
            + found.stream()
                .map(one -> one.options(project))
                .distinct()
                .collect(Collectors.joining(", or ")));
  }

  private String shown() {
    String place = String.join(" and ", names).replace("{vendor}", vendor);
    return module.toString().isEmpty() ? place : place + " of " + ProjectTree.text(module);
  }

  private String options(Path project) {
    List<String> options = new ArrayList<>();
    if (!module.toString().isEmpty()) {
      options.add("--dir " + ProjectTree.text(project.resolve(module)));
    }
    options.add(
        vendor.isEmpty() ? tool.option() + " " + String.join(",", names) : "--vendor " + vendor);
    return String.join(" ", options);
  }

  /** Returns the sources of these migrations in a project's directory. */
  MigrationSources sources(Path project, InitSettings reading) {
    reading.requireFor(tool);
    return tool.sources(project.resolve(module), this, reading);
  }

  /** Returns the names as the arguments of a Java method. */
  String arguments() {
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }
}
