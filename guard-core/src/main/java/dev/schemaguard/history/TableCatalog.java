// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The database's own list of schemas and tables, asked only when the straight way failed. */
interface TableCatalog {

  /** A schema and whether the role may use it. */
  record Schema(String name, boolean usable) {}

  /** A table, or view, and whether the role may read it, as far as the catalog can say. */
  record Table(String schema, String name, boolean readable) {}

  /** All schemas. */
  List<Schema> schemas() throws SQLException;

  /** The names of all schemas. */
  default List<String> schemaNames() throws SQLException {
    List<String> names = new ArrayList<>();
    for (Schema schema : schemas()) {
      names.add(schema.name());
    }
    return names;
  }

  /** Every table of this name, in any schema and any letter case. */
  List<Table> tables(String name) throws SQLException;

  /** Those of {@code names} that are exactly the names of tables, or views, in a schema. */
  Set<String> present(String schema, List<String> names) throws SQLException;

  /** The names of the tables in a schema, views and what belongs to an extension left out. */
  List<String> tablesIn(String schema) throws SQLException;

  /**
   * Whether a table that is missing from {@link #tables} is proven not to exist: false where the
   * catalog hides what the role may not read.
   */
  boolean isComplete();

  /** Whether an empty table may only look so, because the database hides its rows. */
  boolean hidesRows(HistoryPlace place) throws SQLException;

  /** The catalog of the session's database. */
  static TableCatalog of(ReadSession session) {
    return session.product().isPostgres() ? new PostgresCatalog(session) : new JdbcCatalog(session);
  }

  /** The values of a statement that ends in an open list of names. */
  private static Set<String> withNames(
      ReadSession session, String sql, String schema, List<String> names) throws SQLException {
    List<String> parameters = new ArrayList<>(names.size() + 1);
    parameters.add(schema);
    parameters.addAll(names);
    Set<String> found = new HashSet<>();
    session.forEach(
        sql + "?, ".repeat(names.size() - 1) + "?)",
        parameters,
        row -> found.add(row.getString(1)));
    return found;
  }

  /** PostgreSQL's pg_class, which unlike information_schema shows what one may not read. */
  record PostgresCatalog(ReadSession session) implements TableCatalog {

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
    public Set<String> present(String schema, List<String> names) throws SQLException {
      return withNames(
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

    @Override
    public boolean isComplete() {
      return true;
    }

    @Override
    public boolean hidesRows(HistoryPlace place) throws SQLException {
      try {
        return session
            .query(
                "SELECT row_security_active(c.oid) FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE n.nspname = ? AND c.relname = ?",
                Arrays.asList(place.schema(), place.table()),
                row -> row.getBoolean(1))
            .contains(true);
      } catch (SQLException e) {
        if (session.isBroken(e)) {
          throw e;
        }
        // A server that speaks PostgreSQL's protocol without row security.
        session.recover();
        return false;
      }
    }
  }

  /** What JDBC's metadata shows; most databases show only what the role may read. */
  record JdbcCatalog(ReadSession session) implements TableCatalog {

    @Override
    public List<Schema> schemas() throws SQLException {
      DatabaseMetaData metaData = session.connection().getMetaData();
      boolean catalogs = session.product().keepsSchemasAsCatalogs();
      List<Schema> schemas = new ArrayList<>();
      try (ResultSet rows = catalogs ? metaData.getCatalogs() : metaData.getSchemas()) {
        while (rows.next()) {
          schemas.add(new Schema(rows.getString(1), true));
        }
      }
      return schemas;
    }

    @Override
    public List<Table> tables(String name) throws SQLException {
      DatabaseMetaData metaData = session.connection().getMetaData();
      boolean catalogs = session.product().keepsSchemasAsCatalogs();
      List<Table> tables = new ArrayList<>();
      // As many wildcards as letters: a pattern that matches the name in any letter case.
      try (ResultSet rows = metaData.getTables(null, null, "_".repeat(name.length()), null)) {
        while (rows.next()) {
          String schema = rows.getString(catalogs ? "TABLE_CAT" : "TABLE_SCHEM");
          String table = rows.getString("TABLE_NAME");
          if (schema != null && table.equalsIgnoreCase(name)) {
            tables.add(new Table(schema, table, true));
          }
        }
      }
      return tables;
    }

    /** One statement for all of them where it is known which; in-process databases need none. */
    @Override
    public Set<String> present(String schema, List<String> names) throws SQLException {
      if (session.product().keepsSchemasAsCatalogs()) {
        Set<String> present =
            withNames(
                session,
                "SELECT TABLE_NAME FROM information_schema.TABLES"
                    + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME IN (",
                schema,
                names);
        present.retainAll(names);
        return present;
      }
      DatabaseMetaData metaData = session.connection().getMetaData();
      Set<String> present = new HashSet<>();
      for (String name : names) {
        try (ResultSet rows =
            metaData.getTables(null, escaped(metaData, schema), escaped(metaData, name), null)) {
          if (rows.next()) {
            present.add(name);
          }
        }
      }
      return present;
    }

    private static String escaped(DatabaseMetaData metaData, String name) throws SQLException {
      String escape = metaData.getSearchStringEscape();
      return escape == null || escape.isEmpty()
          ? name
          : name.replace(escape, escape + escape)
              .replace("_", escape + "_")
              .replace("%", escape + "%");
    }

    @Override
    public List<String> tablesIn(String schema) throws SQLException {
      DatabaseMetaData metaData = session.connection().getMetaData();
      boolean catalogs = session.product().keepsSchemasAsCatalogs();
      List<String> names = new ArrayList<>();
      try (ResultSet rows =
          metaData.getTables(
              catalogs ? schema : null,
              catalogs ? null : escaped(metaData, schema),
              "%",
              new String[] {"TABLE", "BASE TABLE"})) {
        while (rows.next()) {
          names.add(rows.getString("TABLE_NAME"));
        }
      }
      return names;
    }

    @Override
    public boolean isComplete() {
      return false;
    }

    @Override
    public boolean hidesRows(HistoryPlace place) {
      return false;
    }
  }
}
