// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells which of many schemas hold the same history without reading any: PostgreSQL makes a digest
 * of each, many in one statement. Whatever is unusual about a schema, such as another tool's table
 * beside the first, a missing column, a missing grant or row security, leaves it without one; then
 * only reading it tells. Thread-safe.
 */
public final class EqualHistories {

  private final @Nullable String table;
  private final List<TableFormat> formats;

  private EqualHistories(@Nullable String table, List<TableFormat> formats) {
    this.table = table;
    this.formats = formats;
  }

  /**
   * The digests of the histories that {@code tool} keeps.
   *
   * @param location the names of its tables; the schema has no meaning
   */
  public static EqualHistories of(Tool tool, HistoryLocation location) {
    return new EqualHistories(location.table(), tool.formats());
  }

  /**
   * A digest of what was recorded in each schema, and in which order, though not when: equal for
   * equal histories, and for no others.
   *
   * @return by schema; one that is missing here has to be read
   * @throws SQLException if the connection broke
   */
  public Map<String, String> digests(ReadSession session, List<String> schemas)
      throws SQLException {
    if (!session.product().isPostgres() || schemas.isEmpty()) {
      return Map.of();
    }
    try {
      return digestsOf(session, tables(session, schemas));
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      // A table that went meanwhile, or a server that speaks PostgreSQL's protocol and no more.
      session.recover();
      return Map.of();
    }
  }

  /** A table whose history a plain SELECT would read. */
  private record Plain(String schema, String table, TableFormat format) {}

  private List<Plain> tables(ReadSession session, List<String> schemas) throws SQLException {
    Map<String, TableFormat> byName = new LinkedHashMap<>();
    for (TableFormat format : formats) {
      byName.put(format.table(session, table), format);
    }
    Map<String, Plain> plain = new LinkedHashMap<>();
    Set<String> unusual = new HashSet<>();
    List<String> parameters = new ArrayList<>(schemas);
    parameters.addAll(byName.keySet());
    session.forEach(
        "SELECT n.nspname, c.relname, c.relkind = 'r'"
            + " AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')"
            + " AND NOT row_security_active(c.oid), string_agg(a.attname, chr(10))"
            + " FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class c"
            + " ON c.relnamespace = n.oid JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
            + " WHERE a.attnum > 0 AND NOT a.attisdropped"
            + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
            + (" AND n.nspname IN (" + places(schemas.size()) + ")")
            + (" AND c.relname IN (" + places(byName.size()) + ")")
            + " GROUP BY n.nspname, c.relname, c.relkind, n.oid, c.oid",
        parameters,
        row -> {
          String schema = row.getString(1);
          TableFormat format = Objects.requireNonNull(byName.get(row.getString(2)));
          boolean complete = row.getBoolean(3) && hasColumns(row.getString(4), format);
          boolean alone = plain.put(schema, new Plain(schema, row.getString(2), format)) == null;
          if (!complete || !alone) {
            unusual.add(schema);
          }
        });
    plain.keySet().removeAll(unusual);
    return new ArrayList<>(plain.values());
  }

  private static boolean hasColumns(String lines, TableFormat format) {
    Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    columns.addAll(List.of(lines.split("\n")));
    return columns.containsAll(format.columns());
  }

  private static Map<String, String> digestsOf(ReadSession session, List<Plain> tables)
      throws SQLException {
    Map<String, String> digests = new HashMap<>();
    if (tables.isEmpty()) {
      return digests;
    }
    List<String> selects = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      selects.add(digestSql(session, tables.get(i), i));
    }
    session.forEach(
        String.join(" UNION ALL ", selects),
        List.of(),
        row -> {
          Plain read = tables.get(row.getInt(1));
          String digest = row.getString(2);
          // An empty table has none: that it is empty is for a reader to tell.
          if (digest != null) {
            digests.put(read.schema(), read.format().tool() + " " + digest);
          }
        });
    return digests;
  }

  private static String digestSql(ReadSession session, Plain read, int number) throws SQLException {
    TableFormat format = read.format();
    List<String> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> digested = new ArrayList<>();
    for (String column : format.columns()) {
      String name = "c" + names.size();
      names.add(name);
      columns.add(format.spelt(session, column));
      if (!format.moments().contains(column)) {
        digested.add(name);
      }
    }
    String qualified = session.quoted(read.schema()) + "." + session.quoted(read.table());
    return "SELECT "
        + number
        + (", encode(sha256(convert_to(string_agg(ROW(" + String.join(", ", digested) + ")::text,")
        + (" chr(10)), 'UTF8')), 'hex') FROM (" + format.historySql(qualified, columns))
        + (") AS history(" + String.join(", ", names) + ")");
  }

  private static String places(int number) {
    return "?, ".repeat(number - 1) + "?";
  }
}
