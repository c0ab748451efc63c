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
 * The tenants of an application, each with a schema or a database of its own, all migrated alike.
 * They are looked up anew at every check, so that one that appears later is judged then. Immutable.
 */
public abstract sealed class Tenants {

  private Tenants() {}

  /**
   * The schemas whose names match any of the patterns, and each pattern must match some. Without a
   * wildcard a pattern is a name.
   *
   * @param patterns as for SQL's LIKE: {@code %} stands for any characters, {@code _} for one, and
   *     a backslash takes either as it is
   */
  public static Tenants schemas(Collection<String> patterns) {
    return new Matching(requireNonNull(patterns, "patterns"));
  }

  /**
   * The schemas whose names match any of the patterns; otherwise as {@link #schemas(Collection)}.
   */
  public static Tenants schemas(String... patterns) {
    return schemas(Arrays.asList(requireNonNull(patterns, "patterns")));
  }

  /**
   * The schemas that a query names in its first column, such as one of the application's own table
   * of tenants.
   *
   * @param query one SELECT, without parameters; it is sent as it is, in a read-only transaction
   *     where the database has one
   * @throws ConfigurationException if it may do anything but read
   */
  public static Tenants schemasFrom(String query) {
    return new Queried(requireNonNull(query, "query"));
  }

  /** The databases by the names of their tenants, each with its history in the current schema. */
  public static Tenants databases(Map<String, ? extends DataSource> databases) {
    return new Databases(requireNonNull(databases, "databases"));
  }

  /** Schemas of the guard's own database. */
  public abstract static sealed class InOneDatabase extends Tenants {

    private InOneDatabase() {}

    /**
     * The names of the schemas, each once.
     *
     * @param mayBeNone whether there may be none, because the application creates them later
     * @throws ConfigurationException if there are none, unless there may be
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

  /** A database each. */
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

    /** The databases by the names of their tenants, in the order given; never empty. */
    public Map<String, DataSource> byName() {
      return Collections.unmodifiableMap(databases);
    }
  }
}
