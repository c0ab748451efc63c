// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.FlywaySources;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that locate Flyway's migrations and define their naming. */
final class FlywayOptions {

  private static final String PREFIX = "sqlMigrationPrefix";
  private static final String SEPARATOR = "sqlMigrationSeparator";
  private static final String SUFFIXES = "sqlMigrationSuffixes";
  private static final String BASELINE_PREFIX = "baselineMigrationPrefix";
  private static final Set<String> SETTINGS = Set.of(PREFIX, SEPARATOR, SUFFIXES, BASELINE_PREFIX);

  @Option(
      names = "--flyway",
      paramLabel = "LOCATION",
      split = ",",
      description = {
        "A location of Flyway migrations, as the application names it (db/migration,",
        "filesystem:sql) or as a directory below src/main; repeatable."
      })
  private List<String> locations = new ArrayList<>();

  @Option(
      names = "--flyway-setting",
      paramLabel = "NAME=VALUE",
      description = {
        "Flyway's settings for file names: sqlMigrationPrefix, sqlMigrationSeparator,",
        "sqlMigrationSuffixes (separated by commas), baselineMigrationPrefix; repeatable."
      })
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--vendor",
      paramLabel = "NAME",
      description = {
        "The database in place of {vendor} in a location, as Spring Boot names it: postgresql,",
        "mysql, mariadb, h2, oracle, sqlserver."
      })
  private @Nullable String vendor;

  boolean isGiven() {
    return !locations.isEmpty();
  }

  boolean hasSettings() {
    return !settings.isEmpty() || vendor != null;
  }

  /** Returns the migrations below these folders. */
  FlywaySources sources(List<Path> roots) {
    requireKnownSettings();
    String[] named =
        locations.stream().map(location -> location(location, roots)).toArray(String[]::new);
    FlywaySources sources = FlywaySources.directories(roots, named);
    return (vendor == null ? sources : sources.vendor(vendor))
        .naming(
            settings.getOrDefault(PREFIX, "V"),
            settings.getOrDefault(SEPARATOR, "__"),
            settings.getOrDefault(SUFFIXES, ".sql").split(",", -1))
        .baselinePrefix(settings.getOrDefault(BASELINE_PREFIX, "B"));
  }

  private void requireKnownSettings() {
    for (String name : settings.keySet()) {
      if (!SETTINGS.contains(name)) {
        throw new ConfigurationException(
            "--flyway-setting",
            "'" + name + "' changes no version",
            "Name one of " + String.join(", ", SETTINGS.stream().sorted().toList()) + ".");
      }
    }
  }

  /** Returns the location, even if a directory was named instead. */
  private static String location(String text, List<Path> roots) {
    if (text.matches("\\w{2,}:.*") || !Files.isDirectory(Path.of(text)) || isBelow(roots, text)) {
      return text;
    }
    Path directory = Path.of(text).toAbsolutePath().normalize();
    return roots.stream()
        .map(root -> root.toAbsolutePath().normalize())
        .filter(root -> directory.startsWith(root) && !directory.equals(root))
        .map(root -> root.relativize(directory).toString())
        .findFirst()
        .orElse("filesystem:" + text);
  }

  private static boolean isBelow(List<Path> roots, String text) {
    return !Path.of(text).isAbsolute()
        && roots.stream().anyMatch(root -> Files.isDirectory(root.resolve(text)));
  }
}
