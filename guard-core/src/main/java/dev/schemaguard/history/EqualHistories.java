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
import org.jspecify.annotations.Nullable;

/**
 * Tells which of many schemas hold the same history without reading any: PostgreSQL makes a digest
 * of each, many in one statement. Whatever is unusual about a schema, such as another tool's table
 * beside the first, a missing column, a missing grant, leaves it without one; then only reading it
 * tells. Thread-safe.
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

  /** The digests of the histories in tables that settings describe. */
  public static EqualHistories of(RecordedTable settings) {
    return new EqualHistories(null, List.of(new RecordedTableFormat(settings)));
  }

  /** A history table that nothing is unusual about. */
  public static final class Table {

    private final String schema;
    private final String name;
    private final TableFormat format;

    private Table(String schema, String name, TableFormat format) {
      this.schema = schema;
      this.name = name;
      this.format = format;
    }

    /** Its schema. */
    public String schema() {
      return schema;
    }
  }

  /**
   * Those of the schemas that have one history table, as far as the catalog can say; none on
   * another database than PostgreSQL.
   *
   * @throws SQLException if the connection broke
   */
  public List<Table> tables(ReadSession session, List<String> schemas) throws SQLException {
    if (!session.product().isPostgres() || schemas.isEmpty()) {
      return List.of();
    }
    try {
      return tablesIn(session, schemas);
    } catch (SQLException e) {
      recoverFrom(session, e);
      return List.of();
    }
  }

  private List<Table> tablesIn(ReadSession session, List<String> schemas) throws SQLException {
    Map<String, TableFormat> byName = new LinkedHashMap<>();
    for (TableFormat format : formats) {
      byName.put(format.table(session, table), format);
    }
    Map<String, Table> tables = new LinkedHashMap<>();
    Set<String> unusual = new HashSet<>();
    session.forEach(
        "SELECT n.nspname, c.relname, c.relkind = 'r'"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')"
            + (" AND c.relname IN (" + "?, ".repeat(byName.size() - 1) + "?)"),
        List.copyOf(byName.keySet()),
        row -> {
          String schema = row.getString(1);
          TableFormat format = Objects.requireNonNull(byName.get(row.getString(2)));
          boolean alone = tables.put(schema, new Table(schema, row.getString(2), format)) == null;
          if (!row.getBoolean(3) || !alone) {
            unusual.add(schema);
          }
        });
    List<Table> wanted = new ArrayList<>();
    for (String schema : schemas) {
      Table found = tables.get(schema);
      if (found != null && !unusual.contains(schema)) {
        wanted.add(found);
      }
    }
    return wanted;
  }

  /**
   * A digest of what was recorded in each table, and in which order, though not when: equal for
   * equal histories, and for no others.
   *
   * @return by schema; one that is missing here has to be read
   * @throws SQLException if the connection broke
   */
  public static Map<String, String> digests(ReadSession session, List<Table> tables)
      throws SQLException {
    Map<String, String> digests = new HashMap<>();
    if (!tables.isEmpty() && !add(session, tables, digests) && tables.size() > 1) {
      // One that has no such column, or may not be read, spoils the statement for the others.
      for (Table table : tables) {
        boolean unused = add(session, List.of(table), digests);
      }
    }
    return digests;
  }

  /** Adds the digests of these tables; false if the database refuses. */
  private static boolean add(ReadSession session, List<Table> tables, Map<String, String> digests)
      throws SQLException {
    List<String> selects = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      selects.add(digestSql(session, tables.get(i), i));
    }
    try {
      session.forEach(
          String.join(" UNION ALL ", selects),
          List.of(),
          row -> {
            Table read = tables.get(row.getInt(1));
            String digest = row.getString(2);
            // An empty table has none: that it is empty is for a reader to tell.
            if (digest != null) {
              digests.put(read.schema, read.format.tool() + " " + digest);
            }
          });
      return true;
    } catch (SQLException e) {
      recoverFrom(session, e);
      return false;
    }
  }

  private static void recoverFrom(ReadSession session, SQLException failure) throws SQLException {
    if (session.isBroken(failure)) {
      throw failure;
    }
    session.recover();
  }

  private static String digestSql(ReadSession session, Table read, int number) throws SQLException {
    TableFormat format = read.format;
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
    for (int i = 0; i < format.computed(); i++) {
      digested.add("c" + names.size());
      names.add("c" + names.size());
    }
    String qualified = session.quoted(read.schema) + "." + session.quoted(read.name);
    return "SELECT "
        + number
        + (", encode(sha256(convert_to(string_agg(ROW(" + String.join(", ", digested) + ")::text,")
        + (" chr(10)), 'UTF8')), 'hex') FROM (" + format.historySql(qualified, columns))
        + (") AS history(" + String.join(", ", names) + ")");
  }
}
