// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.HistoryBatch.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads the histories of many schemas on PostgreSQL, many of them in one statement. Only usual
 * cases are read in this way. A schema with a second tool's table, a missing column, a missing
 * grant, or a long or empty history is left to its own {@link HistoryReader}. Thread-safe.
 */
public final class ManyHistories {

  /** The number of rows above which a history is read separately. */
  private static final int LONG = 1_000;

  private final HistoryLocation location;
  private final List<TableFormat> formats;

  private ManyHistories(HistoryLocation location, List<TableFormat> formats) {
    this.location = location;
    this.formats = formats;
  }

  /**
   * Returns a reader of the histories that {@code tool} keeps.
   *
   * @param location the names of its tables; the schema is ignored
   */
  public static ManyHistories of(Tool tool, HistoryLocation location) {
    return new ManyHistories(location, tool.formats());
  }

  /** Returns a reader of the histories in tables that settings describe. */
  public static ManyHistories of(CustomHistoryTable settings) {
    return new ManyHistories(HistoryLocation.DEFAULT, List.of(new CustomTableFormat(settings)));
  }

  /**
   * Returns the batches to read for those schemas in which the catalog shows nothing unusual. The
   * result is empty on databases other than PostgreSQL.
   *
   * @throws SQLException if the connection broke
   */
  public List<HistoryBatch> batches(ReadSession session, List<String> schemas) throws SQLException {
    if (!session.product().isPostgres() || schemas.isEmpty()) {
      return List.of();
    }
    try {
      return batched(tables(session, schemas));
    } catch (SQLException e) {
      recoverFrom(session, e);
      return List.of();
    }
  }

  private List<HistoryBatch> batched(List<Table> tables) {
    List<HistoryBatch> batches = new ArrayList<>();
    Map<TableFormat, HistoryBatch> open = new HashMap<>();
    for (Table table : tables) {
      HistoryBatch batch = open.get(table.format());
      if (batch == null || !batch.hasRoomFor(table)) {
        batch = new HistoryBatch(location, table.format());
        open.put(table.format(), batch);
        batches.add(batch);
      }
      batch.add(table);
    }
    return batches;
  }

  private List<Table> tables(ReadSession session, List<String> schemas) throws SQLException {
    Map<String, TableFormat> byName = new LinkedHashMap<>();
    for (TableFormat format : formats) {
      byName.put(format.table(session, location.table()), format);
    }
    Map<String, Table> tables = new HashMap<>();
    Set<String> unusual = new HashSet<>();
    session.forEach(
        "SELECT n.nspname, c.relname, c.relkind = 'r' AND NOT c.relrowsecurity,"
            + " greatest(c.reltuples, pg_stat_get_live_tuples(c.oid), 1)"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')"
            + " AND c.relname = ANY (string_to_array(?, chr(10)))"
            + " AND n.nspname = ANY (string_to_array(?, chr(10)))",
        List.of(String.join("\n", byName.keySet()), String.join("\n", schemas)),
        row -> {
          Table table = table(row, byName);
          boolean alone = tables.put(table.schema(), table) == null;
          if (!row.getBoolean(3) || !alone || table.rows() > LONG) {
            unusual.add(table.schema());
          }
        });
    List<Table> usual = new ArrayList<>();
    for (String schema : schemas) {
      Table found = tables.get(schema);
      if (found != null && !unusual.contains(schema)) {
        usual.add(found);
      }
    }
    return usual;
  }

  /**
   * Returns a table with its number of rows, which is known from ANALYZE or from statistics
   * collected since; it is approximate or missing.
   */
  private static Table table(ResultSet row, Map<String, TableFormat> formats) throws SQLException {
    String name = row.getString(2);
    return new Table(
        Objects.requireNonNull(formats.get(name)), row.getString(1), name, (int) row.getFloat(4));
  }

  private static void recoverFrom(ReadSession session, SQLException failure) throws SQLException {
    if (session.isBroken(failure)) {
      throw failure;
    }
    session.recover();
  }
}
