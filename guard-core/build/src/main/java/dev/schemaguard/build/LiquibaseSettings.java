// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ChangesetKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The location of a changelog, and the settings with which Liquibase parses it. Immutable.
 *
 * @param changelog its path, as the application names it
 * @param searchPath the directories that such paths are relative to; empty for the class path
 * @param loader the class path, which also contains custom changes and extensions
 * @param contexts production's contexts; null if no filter was given
 * @param labels production's label expression; null if no filter was given
 * @param parameters values for {@code ${name}}
 * @param dbms Liquibase's short name of the database product; null to parse without a database
 * @param schema the database's default schema; null for the product's own default
 */
record LiquibaseSettings(
    String changelog,
    List<Path> searchPath,
    ClassLoader loader,
    @Nullable String contexts,
    @Nullable String labels,
    Map<String, String> parameters,
    @Nullable String dbms,
    @Nullable String schema) {

  LiquibaseSettings {
    changelog = ChangesetKey.normalize(changelog);
    searchPath = List.copyOf(searchPath);
    parameters = Map.copyOf(parameters);
  }

  LiquibaseSettings(String changelog, List<Path> searchPath, ClassLoader loader) {
    this(changelog, searchPath, loader, null, null, Map.of(), null, null);
  }

  LiquibaseSettings withSearchPath(List<Path> directories) {
    return new LiquibaseSettings(
        changelog, directories, loader, contexts, labels, parameters, dbms, schema);
  }

  LiquibaseSettings withLoader(ClassLoader classPath) {
    return new LiquibaseSettings(
        changelog, searchPath, classPath, contexts, labels, parameters, dbms, schema);
  }

  LiquibaseSettings withContexts(String filter) {
    return new LiquibaseSettings(
        changelog, searchPath, loader, filter, labels, parameters, dbms, schema);
  }

  LiquibaseSettings withLabels(String filter) {
    return new LiquibaseSettings(
        changelog, searchPath, loader, contexts, filter, parameters, dbms, schema);
  }

  LiquibaseSettings withParameter(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new LiquibaseSettings(
        changelog, searchPath, loader, contexts, labels, more, dbms, schema);
  }

  LiquibaseSettings on(@Nullable String product, @Nullable String defaultSchema) {
    return new LiquibaseSettings(
        changelog, searchPath, loader, contexts, labels, parameters, product, defaultSchema);
  }

  /** Returns a description of the places that are searched. */
  String places() {
    return searchPath.isEmpty()
        ? "on the class path"
        : "below " + String.join(" and ", searchPath.stream().map(Path::toString).toList());
  }
}
