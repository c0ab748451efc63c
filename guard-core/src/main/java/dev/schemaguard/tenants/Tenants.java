// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.history.OneSelect;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.history.Schemas;
import dev.schemaguard.matrix.ConfigurationException;
import java.sql.SQLException;
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
import javax.sql.DataSource;

/**
 * The tenants of an application, each with a schema or a database of its own, and all with the same
 * migrations. They are looked up again at every check, so that a new tenant is included in the next
 * one. Immutable.
 */
public abstract sealed class Tenants {

  private Tenants() {}

  /**
   * Returns the schemas whose names match any of the patterns. Each pattern must match at least one
   * schema. A pattern without a wildcard is a name.
   *
   * @param patterns as for SQL's LIKE: {@code %} matches any characters, {@code _} matches one, and
   *     a backslash escapes either
   */
  public static Tenants schemas(Collection<String> patterns) {
    return new Matching(requireNonNull(patterns, "patterns"));
  }

  /**
   * Returns the schemas whose names match any of the patterns, as {@link #schemas(Collection)}
   * does.
   */
  public static Tenants schemas(String... patterns) {
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
  public static Tenants schemasFrom(String query) {
    return new Queried(requireNonNull(query, "query"));
  }

  /**
   * Returns the databases, by the names of their tenants. Each has its history in the current
   * schema.
   */
  public static Tenants databases(Map<String, ? extends DataSource> databases) {
    return new Databases(requireNonNull(databases, "databases"));
  }

  /** Tenants that are schemas of the guard's own database. */
  public abstract static sealed class InOneDatabase extends Tenants {

    private InOneDatabase() {}

    /**
     * Returns the names of the schemas, without duplicates.
     *
     * @param mayBeNone whether the result may be empty, because the application creates the schemas
     *     later
     * @throws ConfigurationException if there are none and {@code mayBeNone} is false
     * @throws SQLException if the database refuses
     */
    public abstract List<String> names(ReadSession session, boolean mayBeNone) throws SQLException;
  }

  private static final class Matching extends InOneDatabase {

    private static final int SHOWN = 10;

    private final Set<String> patterns = new LinkedHashSet<>();

    private Matching(Collection<String> patterns) {
      for (String pattern : patterns) {
        if (requireNonNull(pattern, "patterns").isBlank()) {
          throw new ConfigurationException(
              "schemas", "a pattern is empty", "Write one such as tenant_%.");
        }
        this.patterns.add(pattern.strip());
      }
      if (this.patterns.isEmpty()) {
        throw new ConfigurationException(
            "schemas", "no pattern is given", "Write one such as tenant_%.");
      }
    }

    @Override
    public List<String> names(ReadSession session, boolean mayBeNone) throws SQLException {
      List<String> all = Schemas.of(session);
      Set<String> names = new LinkedHashSet<>();
      for (String pattern : patterns) {
        List<String> matching = Schemas.matching(all, pattern);
        if (matching.isEmpty() && !mayBeNone) {
          throw new ConfigurationException(
              "schemas",
              "no schema matches '" + pattern + "'",
              "Correct the pattern, or create the tenant first; there are "
                  + String.join(", ", all.subList(0, Math.min(SHOWN, all.size())))
                  + (all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more." : "."));
        }
        names.addAll(matching);
      }
      return new ArrayList<>(names);
    }
  }

  private static final class Queried extends InOneDatabase {

    private final String query;

    private Queried(String query) {
      Optional<String> objection = OneSelect.objectionTo(query);
      if (objection.isPresent()) {
        throw new ConfigurationException(
            "schemas-from",
            "'" + query + "' is not one SELECT: " + objection.get(),
            "Write one query whose first column names the schemas, such as SELECT schema_name FROM"
                + " tenants.");
      }
      this.query = query;
    }

    @Override
    public List<String> names(ReadSession session, boolean mayBeNone) throws SQLException {
      Set<String> names = new LinkedHashSet<>();
      session.forEachReadOnly(
          query,
          row -> {
            String name = row.getString(1);
            if (name == null || name.isBlank()) {
              throw new ConfigurationException(
                  "schemas-from",
                  "a row of '" + query + "' names no schema",
                  "Leave such rows out of the query, or name their schemas.");
            }
            names.add(name);
          });
      if (names.isEmpty() && !mayBeNone) {
        throw new ConfigurationException(
            "schemas-from",
            "'" + query + "' yields no schema",
            "Correct the query, or create a tenant first.");
      }
      return new ArrayList<>(names);
    }
  }

  /** Tenants that each have a database of their own. */
  public static final class Databases extends Tenants {

    private final Map<String, DataSource> databases = new LinkedHashMap<>();

    private Databases(Map<String, ? extends DataSource> databases) {
      databases.forEach(
          (name, dataSource) ->
              this.databases.put(
                  requireNonNull(name, "databases"), requireNonNull(dataSource, "databases")));
      if (this.databases.isEmpty()) {
        throw new ConfigurationException(
            "databases", "there is none", "Name the database of one tenant at least.");
      }
    }

    /** Returns the databases by the names of their tenants, in the order given; never empty. */
    public Map<String, DataSource> byName() {
      return Collections.unmodifiableMap(databases);
    }
  }
}
