// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the locations of Flyway in one module, by the names of its files.
 *
 * @param tree the files of the project
 * @param module the module's directory
 */
record FlywayFolders(ProjectTree tree, Path module) {

  private static final Pattern SCRIPT =
      Pattern.compile("[VB]\\d[\\d._]*(?:__.*)?\\.(?i:sql|sh|py|cmd|bat|ps1|bash)");
  private static final Pattern CODE = Pattern.compile("V\\d[\\d_]*__\\w+\\.(?:java|kt|groovy)");

  /** Databases as Spring Boot names them ({@code DatabaseDriver}). */
  private static final Pattern VENDOR =
      Pattern.compile(
          "postgresql|mysql|mariadb|h2|hsqldb|derby|sqlite|oracle|sqlserver|db2|db2_as400|firebird"
              + "|redshift|hana|informix|clickhouse");

  private static final List<Path> DEFAULTS = List.of(Path.of("db/migration"));

  /**
   * A choice of locations.
   *
   * @param names the locations
   * @param vendor the database that stands for {@code {vendor}} in them; empty: none
   */
  record Locations(List<String> names, String vendor) {}

  /** The choices there are: one for each folder, or for each database where folders are theirs. */
  List<Locations> find() {
    Set<Path> folders = topmost(folders());
    List<Locations> choices = new ArrayList<>();
    for (Path start : DEFAULTS) {
      List<Path> below = folders.stream().filter(folder -> folder.startsWith(start)).toList();
      folders.removeAll(below);
      choices.addAll(choices(start, below, true));
    }
    while (!folders.isEmpty()) {
      Path folder = folders.iterator().next();
      Path parent = Objects.requireNonNullElse(folder.getParent(), Path.of(""));
      List<Path> siblings = folders.stream().filter(one -> parent.equals(one.getParent())).toList();
      List<Path> group = siblings.isEmpty() ? List.of(folder) : siblings;
      group.forEach(folders::remove);
      choices.addAll(choices(parent, group, false));
    }
    return choices;
  }

  private static List<Locations> choices(Path start, List<Path> folders, boolean whole) {
    List<String> vendors =
        folders.stream()
            .filter(
                folder -> folder.startsWith(start) && folder.getNameCount() > start.getNameCount())
            .map(folder -> folder.getName(start.getNameCount()).toString())
            .filter(name -> VENDOR.matcher(name).matches())
            .distinct()
            .toList();
    if (vendors.size() > 1) {
      List<String> names = new ArrayList<>();
      for (Path folder : folders) {
        if (!vendors.contains(folder.getFileName().toString())) {
          names.add(ProjectTree.text(folder));
        }
      }
      names.add(ProjectTree.text(start) + "/{vendor}");
      return vendors.stream().map(vendor -> new Locations(names, vendor)).toList();
    }
    if (whole) {
      return folders.isEmpty()
          ? List.of()
          : List.of(new Locations(List.of(ProjectTree.text(start)), ""));
    }
    return folders.stream()
        .map(folder -> new Locations(List.of(ProjectTree.text(folder)), ""))
        .toList();
  }

  private Set<Path> folders() {
    Set<Path> folders = new LinkedHashSet<>();
    Path main = module.resolve("src/main");
    for (Path file : tree.files()) {
      if (file.startsWith(main) && file.getNameCount() > main.getNameCount() + 2) {
        Path root = file.subpath(0, main.getNameCount() + 1);
        Path folder = root.relativize(file).getParent();
        if (folder != null && isMigration(file, root, folder)) {
          folders.add(folder);
        }
      }
    }
    return folders;
  }

  private boolean isMigration(Path file, Path root, Path folder) {
    String name = file.getFileName().toString();
    return root.endsWith("resources")
        ? SCRIPT.matcher(name).matches() && !ChangelogFiles.isChangelog(name, tree.read(file))
        : CODE.matcher(name).matches() && DEFAULTS.stream().anyMatch(folder::startsWith);
  }

  private static Set<Path> topmost(Set<Path> folders) {
    Set<Path> topmost = new LinkedHashSet<>(folders);
    topmost.removeIf(
        folder ->
            folders.stream().anyMatch(other -> !other.equals(folder) && folder.startsWith(other)));
    return topmost;
  }
}
