// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.tenants.Tenants;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that list many databases: shards, cells, or one database for each customer. */
final class ManyDatabasesOptions {

  private static final String FILE = "--databases";
  private static final String QUERY = "--databases-from";

  @Option(
      names = FILE,
      paramLabel = "FILE",
      defaultValue = "${env:SCHEMA_GUARD_DATABASES}",
      description = {
        "A file with a database on each line: LABEL JDBC-URL, then, if they are not those of --user",
        "and --password..., user=NAME and password-env=VARIABLE or password-file=FILE."
      })
  private @Nullable Path file;

  @Option(
      names = QUERY,
      paramLabel = "QUERY",
      defaultValue = "${env:SCHEMA_GUARD_DATABASES_FROM}",
      description = {
        "A SELECT on the database of --url that lists the databases: the label in its first column,",
        "then the columns url and, if needed, user, password_env or password_file."
      })
  private @Nullable String query;

  /**
   * Many databases.
   *
   * @param listing the database that lists them; any of them if a file does
   */
  record Named(DataSource listing, Tenants tenants) {}

  /**
   * Returns the databases, or empty if the options do not name any.
   *
   * @param areSchemas whether other options name the tenants' schemas
   * @throws ConfigurationException if the options contradict each other, or an entry is invalid
   */
  Optional<Named> named(DatabaseOptions database, boolean areSchemas, Output output) {
    if (file == null && query == null) {
      return Optional.empty();
    }
    String option = file == null ? QUERY : FILE;
    if (file != null && query != null) {
      throw conflict(FILE, QUERY + " is set as well: two ways to list the databases");
    }
    if (areSchemas) {
      throw conflict(option, "--schemas or --schemas-from is set as well: two kinds of tenants");
    }
    if (file == null) {
      return Optional.of(new Named(database.dataSource(), queried(database)));
    }
    if (database.isGiven()) {
      throw conflict(FILE, "--url is set as well, and the file names the databases");
    }
    Map<String, DataSource> listed = listed(file, database, output);
    return Optional.of(new Named(listed.values().iterator().next(), Tenants.databases(listed)));
  }

  private static ConfigurationException conflict(String option, String reason) {
    return new ConfigurationException(
        option, reason, "Leave out one of the two; each has a variable, SCHEMA_GUARD_…, as well.");
  }

  private static Map<String, DataSource> listed(
      Path file, DatabaseOptions database, Output output) {
    Map<String, DataSource> listed = new LinkedHashMap<>();
    Map<String, ListedDatabase> byPlace = new HashMap<>();
    DatabasesFile.read(file)
        .forEach(
            (label, each) -> {
              ListedDatabase other =
                  byPlace.putIfAbsent(each.url() + "\n" + each.login().user(), each);
              if (other != null) {
                output.report(
                    each.where()
                        + ": '"
                        + label
                        + "' has the URL of '"
                        + other.label()
                        + "' in "
                        + other.where());
              }
              listed.put(label, database.dataSource(each));
            });
    return listed;
  }

  private Tenants queried(DatabaseOptions database) {
    String select = query == null ? "" : query;
    return DatabaseOptions.NAMES.naming(
        () -> Tenants.databasesFrom(select, row -> database.dataSource(DatabaseRow.of(row))));
  }
}
