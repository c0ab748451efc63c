// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Flyway locations in one module by the names of its files.
 *
 * @param tree the files of the project
 * @param module the module's directory
 */
record FlywayFolders(ProjectTree tree, Path module) {

  private static final Pattern SCRIPT =
      Pattern.compile("[VB]\\d[\\d._]*(?:__.*)?\\.(?i:sql|sh|py|cmd|bat|ps1|bash)");
  private static final Pattern CODE_FILE = Pattern.compile("(?i).*\\.(?:java|kt|groovy|scala)");
  private static final Pattern CODE =
      Pattern.compile("\\bclass\\s+[VB]\\d\\w*[^{;]*\\b(?:Base|Baseline)?JavaMigration\\b");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)");

  /** The names of databases in Spring Boot ({@code DatabaseDriver}). */
  private static final Pattern VENDOR =
      Pattern.compile(
          "postgresql|mysql|mariadb|h2|hsqldb|derby|sqlite|oracle|sqlserver|db2|db2_as400|firebird"
              + "|redshift|hana|informix|clickhouse");

  private static final String DEFAULT = "db/migration";

  /**
   * One possible set of locations.
   *
   * @param names the locations
   * @param vendor the database that replaces {@code {vendor}} in them; empty if there is none
   */
  record Locations(List<String> names, String vendor) {}

  /**
   * Returns the possible sets of locations: one for each folder, or for each database if the
   * folders are specific to a database.
   */
  List<Locations> find() {
    List<String> configured = configured();
    Set<Path> all = folders(configured);
    List<Locations> chosen = chosen(configured, all);
    if (!chosen.isEmpty()) {
      return chosen;
    }
    Set<Path> folders = topmost(all);
    List<Locations> choices = new ArrayList<>();
    Path start = tree.path(DEFAULT);
    List<Path> below = folders.stream().filter(folder -> folder.startsWith(start)).toList();
    folders.removeAll(below);
    choices.addAll(choices(start, below, true));
    while (!folders.isEmpty()) {
      Path folder = folders.iterator().next();
      Path parent = Objects.requireNonNullElse(folder.getParent(), tree.path(""));
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

  /**
   * Returns the locations in Spring Boot's settings; empty if they contain none on the class path.
   */
  private List<String> configured() {
    List<String> locations = new SpringSettings(tree, module).values("spring.flyway.locations");
    return locations.stream().anyMatch(one -> one.startsWith("filesystem:"))
        ? List.of()
        : locations.stream()
            .map(one -> one.replaceFirst("^classpath:", "").replaceAll("^/+|/+$", ""))
            .filter(tree::isPath)
            .toList();
  }

  /** Returns the possible sets for configured locations: one, or one for each database. */
  private List<Locations> chosen(List<String> configured, Set<Path> folders) {
    List<String> names =
        configured.stream()
            .filter(one -> folders.stream().anyMatch(folder -> isBelow(folder, one)))
            .toList();
    Set<String> vendors = new LinkedHashSet<>();
    for (String name : names) {
      int vendor = tree.path(name).getNameCount() - 1;
      for (Path folder : folders) {
        if (name.endsWith("{vendor}") && isBelow(folder, name)) {
          vendors.add(folder.getName(vendor).toString());
        }
      }
    }
    if (names.isEmpty() || vendors.isEmpty()) {
      return names.isEmpty() ? List.of() : List.of(new Locations(names, ""));
    }
    return vendors.stream().map(vendor -> new Locations(names, vendor)).toList();
  }

  /** Returns whether a folder is in a location, which may end with {@code {vendor}}. */
  private boolean isBelow(Path folder, String location) {
    Path start = tree.path(location);
    return location.endsWith("{vendor}")
        ? folder.startsWith(Objects.requireNonNullElse(start.getParent(), tree.path("")))
            && folder.getNameCount() >= start.getNameCount()
            && VENDOR.matcher(folder.getName(start.getNameCount() - 1).toString()).matches()
        : folder.startsWith(start);
  }

  private Set<Path> folders(List<String> configured) {
    Set<Path> folders = new LinkedHashSet<>();
    Path main = module.resolve("src/main");
    for (Path file : tree.files()) {
      if (file.startsWith(main) && file.getNameCount() > main.getNameCount() + 1) {
        Path root = file.subpath(0, main.getNameCount() + 1);
        Path folder = folder(file, root);
        if (folder != null && (root.endsWith("resources") || isNamed(folder, configured))) {
          folders.add(folder);
        }
      }
    }
    return folders;
  }

  /**
   * Returns the folder of a script, or the package of a class, in the form of a location; null if
   * the file is not a migration.
   */
  private @Nullable Path folder(Path file, Path root) {
    String name = file.getFileName().toString();
    if (root.endsWith("resources")) {
      return SCRIPT.matcher(name).matches() && !ChangelogFiles.isChangelog(name, tree.read(file))
          ? root.relativize(file).getParent()
          : null;
    }
    String text = CODE_FILE.matcher(name).matches() ? tree.read(file) : "";
    Matcher declared = PACKAGE.matcher(text);
    return CODE.matcher(text).find() && declared.find()
        ? tree.path(declared.group(1).replace('.', '/'))
        : null;
  }

  /** Classes in other folders may be beans, or not found by Flyway at all. */
  private boolean isNamed(Path folder, List<String> configured) {
    return folder.startsWith(DEFAULT) || configured.stream().anyMatch(one -> isBelow(folder, one));
  }

  private static Set<Path> topmost(Set<Path> folders) {
    Set<Path> topmost = new LinkedHashSet<>(folders);
    topmost.removeIf(
        folder ->
            folders.stream().anyMatch(other -> !other.equals(folder) && folder.startsWith(other)));
    return topmost;
  }
}
