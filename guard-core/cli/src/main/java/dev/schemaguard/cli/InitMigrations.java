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
 * The migrations that a project holds.
 *
 * @param tool the tool that runs them
 * @param module the directory of the module that they are in, from the project's directory; empty:
 *     the project's own
 * @param names where they are in the module: a changelog below the resources, locations, or
 *     directories
 * @param vendor the database that stands for {@code {vendor}} in the names; empty: none
 */
record InitMigrations(InitTool tool, Path module, List<String> names, String vendor) {

  InitMigrations {
    names = List.copyOf(names);
  }

  /** Migrations that an option names, in the project's own directory. */
  InitMigrations(InitTool tool, String name, String vendor) {
    this(tool, Path.of(""), List.of(name), vendor);
  }

  /**
   * Finds migrations by what is in the project's files; empty if there are none.
   *
   * @param choice asks which are meant if there are several; empty: they are an error
   * @throws ConfigurationException if there are several, with the options that choose one
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

  /** Where they are, in a project's directory. */
  MigrationSources sources(Path project, InitSettings reading) {
    reading.requireFor(tool);
    return tool.sources(project.resolve(module), this, reading);
  }

  /** The names as the arguments of a Java method. */
  String arguments() {
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }
}
