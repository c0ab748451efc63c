// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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

  @Override
  public boolean isComplete(String schema) {
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
