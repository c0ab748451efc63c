// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.text.OneSelect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The tenants of an application, each with a schema or a database of its own, and all with the same
 * migrations. They are looked up again at every check, so that a new tenant is included in the next
 * one. Immutable.
 */
public sealed interface Tenants {

  /**
   * Returns the schemas whose names match any of the patterns. Each pattern must match at least one
   * schema. A pattern without a wildcard is a name.
   *
   * @param patterns as for SQL's LIKE: {@code %} matches any characters, {@code _} matches one, and
   *     a backslash escapes either
   */
  static Tenants schemas(Collection<String> patterns) {
    return new Matching(new ArrayList<>(requireNonNull(patterns, "patterns")));
  }

  /**
   * Returns the schemas whose names match any of the patterns, as {@link #schemas(Collection)}
   * does.
   */
  static Tenants schemas(String... patterns) {
    return schemas(Arrays.asList(requireNonNull(patterns, "patterns")));
  }

  /**
   * Returns the schemas that a query lists in its first column, for example from the application's
   * own table of tenants.
   *
   * @param query one SELECT, without parameters; it is sent as it is, in a read-only transaction if
   *     the database supports one
   * @throws ConfigurationException if it may do anything but read
   */
  static Tenants schemasFrom(String query) {
    return new Queried(requireNonNull(query, "query"));
  }

  /**
   * Returns the databases, by the names of their tenants. Each has its history in the same place,
   * by default in the current schema.
   *
   * <p>They are checked side by side, a few on each server at a time. A database that does not
   * respond delays no other, and a check ends within twice the timeout even if some never respond.
   * The guard recognizes a server by the URL that a DataSource has as a property; a DataSource
   * without one counts as a server of its own.
   */
  static Tenants databases(Map<String, ? extends DataSource> databases) {
    return new Databases(new LinkedHashMap<>(requireNonNull(databases, "databases")));
  }

  /**
   * Returns the databases that a query on the guard's own database lists, for example from the
   * application's own table of tenants. Apart from that they are treated as in {@link
   * #databases(Map)}.
   *
   * @param query one SELECT, without parameters, whose first column has the tenant's name; it is
   *     sent as it is, in a read-only transaction if the database supports one
   * @param connector returns the DataSource for a row: its values that are not null, by the names
   *     of the columns in lower case. It is called only for a row that is new or has changed, and
   *     should not connect. The guard does not close what it returns
   * @throws ConfigurationException if the query may do anything but read
   */
  static Tenants databasesFrom(
      String query, Function<Map<String, String>, ? extends DataSource> connector) {
    return new QueriedDatabases(
        requireNonNull(query, "query"), requireNonNull(connector, "connector"));
  }

  /**
   * Tenants that are schemas of the guard's own database, by patterns of their names.
   *
   * @param patterns as in {@link #schemas(Collection)}, without duplicates
   */
  record Matching(List<String> patterns) implements Tenants {

    /**
     * Checks and copies the patterns.
     *
     * @throws ConfigurationException if there is none, or one is blank
     */
    public Matching {
      Set<String> stripped = new LinkedHashSet<>();
      for (String pattern : patterns) {
        if (requireNonNull(pattern, "patterns").isBlank()) {
          throw new ConfigurationException(
              "schemas", "a pattern is empty", "Write one such as tenant_%.");
        }
        stripped.add(pattern.strip());
      }
      if (stripped.isEmpty()) {
        throw new ConfigurationException(
            "schemas", "no pattern is given", "Write one such as tenant_%.");
      }
      patterns = List.copyOf(stripped);
    }
  }

  /**
   * Tenants that are schemas of the guard's own database, by a query that lists them.
   *
   * @param query as in {@link #schemasFrom}
   */
  record Queried(String query) implements Tenants {

    /**
     * Checks the query.
     *
     * @throws ConfigurationException if it may do anything but read
     */
    public Queried {
      requireOneSelect(
          "schemas-from",
          query,
          "Write one query whose first column names the schemas, such as SELECT schema_name FROM"
              + " tenants.");
    }
  }

  private static void requireOneSelect(String setting, String query, String remedy) {
    Optional<String> objection = OneSelect.objectionTo(query);
    if (objection.isPresent()) {
      throw new ConfigurationException(
          setting, "'" + query + "' is not one SELECT: " + objection.get(), remedy);
    }
  }

  /**
   * Tenants that each have a database of their own.
   *
   * @param byName the databases by the names of their tenants, in the order given; never empty
   */
  record Databases(Map<String, DataSource> byName) implements Tenants {

    /**
     * Checks and copies the databases.
     *
     * @throws ConfigurationException if there is none
     */
    public Databases {
      Map<String, DataSource> copy = new LinkedHashMap<>();
      byName.forEach(
          (name, dataSource) ->
              copy.put(requireNonNull(name, "databases"), requireNonNull(dataSource, "databases")));
      if (copy.isEmpty()) {
        throw new ConfigurationException(
            "databases", "there is none", "Name the database of one tenant at least.");
      }
      byName = Collections.unmodifiableMap(copy);
    }
  }

  /**
   * Tenants that each have a database of their own, by a query that lists them.
   *
   * @param query as in {@link #databasesFrom}
   * @param connector as in {@link #databasesFrom}
   */
  record QueriedDatabases(
      String query, Function<Map<String, String>, ? extends DataSource> connector)
      implements Tenants {

    /**
     * Checks the query.
     *
     * @throws ConfigurationException if it may do anything but read
     */
    public QueriedDatabases {
      requireOneSelect(
          "databases-from", query, "Write one query such as SELECT name, url FROM tenants.");
    }
  }
}
