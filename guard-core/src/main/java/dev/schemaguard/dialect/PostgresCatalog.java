// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.ReadSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's pg_class, which, unlike information_schema, also shows what the role may not read.
 */
record PostgresCatalog(DatabaseSession session) implements TableCatalog {

  @Override
  public List<Schema> schemas() throws SQLException {
    return session.query(
        "SELECT nspname, has_schema_privilege(oid, 'USAGE') FROM pg_catalog.pg_namespace"
            + " WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY nspname",
        List.of(),
        row -> new Schema(row.getString(1), row.getBoolean(2)));
  }

  @Override
  public List<String> schemaNames() throws SQLException {
    return session.query(
        "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_'"
            + " AND nspname <> 'information_schema' ORDER BY nspname",
        List.of(),
        row -> row.getString(1));
  }

  @Override
  public List<Table> tables(String name) throws SQLException {
    return session.query(
        "SELECT n.nspname, c.relname, has_table_privilege(c.oid, 'SELECT')"
            + " OR has_any_column_privilege(c.oid, 'SELECT')"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = c.relnamespace WHERE lower(c.relname) = ?"
            + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_'"
            + " ORDER BY n.nspname, c.relname",
        List.of(name.toLowerCase(Locale.ROOT)),
        row -> new Table(row.getString(1), row.getString(2), row.getBoolean(3)));
  }

  @Override
  public List<TableColumns> tablesWith(Set<String> columns, @Nullable String schema)
      throws SQLException {
    String only = schema == null ? "" : " AND n.nspname = ?";
    List<String> parameters = new ArrayList<>(List.of(String.join("\n", columns)));
    if (schema != null) {
      parameters.add(schema);
    }
    return session.query(
        "SELECT n.nspname, c.relname, has_schema_privilege(n.oid, 'USAGE')"
            + " AND (has_table_privilege(c.oid, 'SELECT')"
            + " OR has_any_column_privilege(c.oid, 'SELECT')),"
            + " string_agg(lower(a.attname), chr(10))"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = c.relnamespace JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
            + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_'"
            + " AND n.nspname <> 'information_schema' AND a.attnum > 0 AND NOT a.attisdropped"
            + " AND c.oid IN (SELECT r.attrelid FROM pg_catalog.pg_attribute r"
            + " WHERE r.attnum > 0 AND NOT r.attisdropped"
            + " AND lower(r.attname) = ANY (string_to_array(?, chr(10))))"
            + only
            + " GROUP BY n.oid, n.nspname, c.oid, c.relname ORDER BY n.nspname, c.relname",
        parameters,
        row ->
            new TableColumns(
                new Table(row.getString(1), row.getString(2), row.getBoolean(3)),
                Set.of(row.getString(4).split("\n"))));
  }

  @Override
  public Set<String> present(String schema, List<String> names) throws SQLException {
    return TableCatalog.withNames(
        session,
        "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')"
            + " AND n.nspname = ? AND c.relname IN (",
        schema,
        names);
  }

  @Override
  public List<String> tablesIn(String schema) throws SQLException {
    return session.query(
        "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'f')"
            + " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d"
            + " WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid"
            + " AND d.deptype = 'e')",
        List.of(schema),
        row -> row.getString(1));
  }

  /** The number of rows is known from ANALYZE or from statistics collected since. */
  @Override
  public List<SizedTable> sizedTables(List<String> schemas, List<String> names)
      throws SQLException {
    return session.query(
        "SELECT n.nspname, c.relname, c.relkind = 'r' AND NOT c.relrowsecurity,"
            + " greatest(c.reltuples, pg_stat_get_live_tuples(c.oid), 1)"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')"
            + " AND c.relname = ANY (string_to_array(?, chr(10)))"
            + " AND n.nspname = ANY (string_to_array(?, chr(10)))",
        List.of(String.join("\n", names), String.join("\n", schemas)),
        row ->
            new SizedTable(
                row.getString(1), row.getString(2), row.getBoolean(3), (int) row.getFloat(4)));
  }

  @Override
  public boolean isComplete(String schema) {
    return true;
  }

  /**
   * Selects a relation and, if it is a view, everything that it reads, each with the effective
   * role: the view's owner, unless the view has the rights of its invoker (PostgreSQL 15).
   */
  private static final String READ =
      "WITH RECURSIVE read (id, role) AS ("
          + "SELECT c.oid, (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = current_user)"
          + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname = ? AND c.relname = ?"
          + " UNION SELECT d.refobjid, CASE WHEN EXISTS (SELECT 1 FROM unnest(v.reloptions) o"
          + " WHERE o ~ '^security_invoker=(true|on|yes|t|1)$') THEN read.role ELSE v.relowner END"
          + " FROM read JOIN pg_catalog.pg_class v ON v.oid = read.id AND v.relkind IN ('v', 'm')"
          + " JOIN pg_catalog.pg_rewrite w ON w.ev_class = v.oid"
          + " JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass"
          + " AND d.objid = w.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass"
          + " AND d.refobjid <> v.oid) ";

  /**
   * The condition that {@code row_security_active} checks for the current role, applied to the
   * effective role instead.
   */
  private static final String HIDES =
      READ
          + "SELECT bool_or(c.relrowsecurity AND NOT r.rolsuper AND NOT r.rolbypassrls"
          + " AND (c.relforcerowsecurity OR NOT pg_has_role(r.oid, c.relowner, 'USAGE')))"
          + " FROM read JOIN pg_catalog.pg_class c ON c.oid = read.id"
          + " JOIN pg_catalog.pg_roles r ON r.oid = read.role";

  private static final String UNREADABLE =
      READ
          + "SELECT n.nspname, c.relname FROM read JOIN pg_catalog.pg_class c ON c.oid = read.id"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE NOT has_table_privilege(read.role, c.oid, 'SELECT')";

  /** A cheap query for a table, because it runs after every check that is not up to date. */
  private static final String TABLE_HIDES =
      "SELECT row_security_active(c.oid), c.relkind IN ('v', 'm') FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname = ? AND c.relname = ?";

  @Override
  public boolean hidesRows(HistoryPlace place) throws SQLException {
    boolean[] view = {false};
    List<Boolean> hides =
        ask(
            TABLE_HIDES,
            place,
            row -> {
              view[0] = row.getBoolean(2);
              return row.getBoolean(1);
            });
    return view[0]
        ? ask(HIDES, place, row -> row.getBoolean(1)).contains(true)
        : hides.contains(true);
  }

  @Override
  public String showAllRowsTo(String role) {
    return "ALTER ROLE " + role + " BYPASSRLS";
  }

  @Override
  public List<Table> unreadableBehind(HistoryPlace place) throws SQLException {
    return ask(UNREADABLE, place, row -> new Table(row.getString(1), row.getString(2), false));
  }

  private <T> List<T> ask(String sql, HistoryPlace place, ReadSession.RowMapper<T> mapper)
      throws SQLException {
    try {
      return session.query(sql, Arrays.asList(place.schema(), place.table()), mapper);
    } catch (SQLException e) {
      // A server that speaks PostgreSQL's protocol without row-level security.
      session.recoverFrom(e);
      return List.of();
    }
  }
}
