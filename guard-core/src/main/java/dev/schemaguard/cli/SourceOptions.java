// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.files.LiquibaseSources;
import dev.schemaguard.files.SourceRevision;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the migrations are, from which the chain is generated. */
final class SourceOptions {

  private static final Path RESOURCES = Path.of("src/main/resources");

  @Option(
      names = "--liquibase",
      paramLabel = "CHANGELOG",
      description = {
        "The Liquibase changelog, as the application names it (db/changelog/master.yaml) or as a",
        "file below src/main/resources."
      })
  private @Nullable String changelog;

  @Option(
      names = "--search-path",
      paramLabel = "DIR",
      description =
          "The folder that the changelog's paths begin in; by default src/main/resources.")
  private @Nullable Path searchPath;

  @Option(
      names = "--contexts",
      paramLabel = "FILTER",
      description = "Production's contexts: what they exclude is optional.")
  private @Nullable String contexts;

  @Option(
      names = "--labels",
      paramLabel = "FILTER",
      description = "Production's label expression: what it excludes is optional.")
  private @Nullable String labels;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "A value for $${NAME} in the changelog; repeatable.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  boolean isGiven() {
    return changelog != null;
  }

  /** The changesets of the changelog, in its order. */
  List<SourceRevision> read() {
    if (changelog == null) {
      throw new ConfigurationException(
          "--liquibase", "no changelog is named", "Write --liquibase db/changelog/master.yaml.");
    }
    Path root = searchPath == null ? RESOURCES : searchPath;
    LiquibaseSources sources = LiquibaseSources.directory(root, relative(root, changelog));
    if (contexts != null) {
      sources = sources.contexts(contexts);
    }
    if (labels != null) {
      sources = sources.labels(labels);
    }
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      sources = sources.parameter(parameter.getKey(), parameter.getValue());
    }
    return sources.read();
  }

  /** The changelog's path from the folder in which Liquibase's paths begin. */
  private static String relative(Path root, String changelog) {
    Path file = Path.of(changelog).toAbsolutePath().normalize();
    Path start = root.toAbsolutePath().normalize();
    return !Files.exists(root.resolve(changelog)) && Files.exists(file) && file.startsWith(start)
        ? start.relativize(file).toString()
        : changelog;
  }
}
