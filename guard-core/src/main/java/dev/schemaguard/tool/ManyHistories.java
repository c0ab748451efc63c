// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.TableCatalog;
import dev.schemaguard.dialect.TableCatalog.SizedTable;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.Tool;
import dev.schemaguard.tool.HistoryBatch.Table;
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
 * Reads the histories of many schemas, many of them in one statement. Only usual cases are read in
 * this way. A schema with a second tool's table, a missing column, a missing grant, or a long or
 * empty history is left to its own {@link HistoryReader}. Thread-safe.
 */
public final class ManyHistories {

  /** The number of rows above which a history is read separately. */
  private static final int LONG = 1_000;

  /** From this number of tables on, digests of their rows are worth another statement. */
  private static final int MANY = 20;

  /** The least number of batches with digests, so that no connection is without work. */
  private static final int SHARES = 4;

  private final HistoryLocation location;
  private final List<MigrationTool> tools;

  private ManyHistories(HistoryLocation location, List<MigrationTool> tools) {
    this.location = location;
    this.tools = tools;
  }

  /**
   * Returns a reader of the histories that {@code tool} keeps.
   *
   * @param location the names of its tables; the schema is ignored
   */
  public static ManyHistories of(Tool tool, HistoryLocation location) {
    return new ManyHistories(location, Tools.of(tool));
  }

  /** Returns a reader of the histories in tables that settings describe. */
  public static ManyHistories of(CustomHistoryTable settings) {
    return new ManyHistories(HistoryLocation.DEFAULT, List.of(new CustomTool(settings)));
  }

  /**
   * Returns the batches to read for those schemas in which the catalog shows nothing unusual. The
   * result is empty if the catalog does not show enough.
   *
   * @throws SQLException if the connection broke
   */
  public List<HistoryBatch> batches(DatabaseSession session, List<String> schemas)
      throws SQLException {
    if (schemas.isEmpty()) {
      return List.of();
    }
    try {
      return batched(session, tables(session, schemas));
    } catch (SQLException e) {
      session.recoverFrom(e);
      return List.of();
    }
  }

  private List<HistoryBatch> batched(DatabaseSession session, List<Table> tables)
      throws SQLException {
    Map<MigrationTool, Integer> numbers = new HashMap<>();
    for (Table table : tables) {
      numbers.merge(table.tool(), 1, Integer::sum);
    }
    Map<MigrationTool, KnownHistories> known = new HashMap<>();
    for (MigrationTool tool : List.copyOf(numbers.keySet())) {
      if (numbers.getOrDefault(tool, 0) >= MANY
          && new HistoryStatement(session, tool).hasDigests()) {
        known.put(tool, new KnownHistories());
      }
    }
    List<HistoryBatch> batches = new ArrayList<>();
    Map<MigrationTool, HistoryBatch> open = new HashMap<>();
    for (Table table : tables) {
      MigrationTool tool = table.tool();
      HistoryBatch batch = open.get(tool);
      if (batch == null || !batch.hasRoomFor(table)) {
        int share = 1 + numbers.getOrDefault(tool, 0) / SHARES;
        batch = new HistoryBatch(location, tool, share, known.get(tool));
        open.put(tool, batch);
        batches.add(batch);
      }
      batch.add(table);
    }
    return batches;
  }

  private List<Table> tables(DatabaseSession session, List<String> schemas) throws SQLException {
    Map<String, MigrationTool> byName = new LinkedHashMap<>();
    for (MigrationTool tool : tools) {
      byName.put(tool.table(session, location.table()), tool);
    }
    Map<String, Table> tables = new HashMap<>();
    Set<String> unusual = new HashSet<>();
    TableCatalog catalog = TableCatalog.of(session);
    for (SizedTable found : catalog.sizedTables(schemas, List.copyOf(byName.keySet()))) {
      MigrationTool tool = Objects.requireNonNull(byName.get(found.name()));
      Table table = new Table(tool, found.schema(), found.name(), found.rows());
      boolean alone = tables.put(table.schema(), table) == null;
      if (!found.plain() || !alone || table.rows() > LONG) {
        unusual.add(table.schema());
      }
    }
    List<Table> usual = new ArrayList<>();
    for (String schema : schemas) {
      Table found = tables.get(schema);
      if (found != null && !unusual.contains(schema)) {
        usual.add(found);
      }
    }
    return usual;
  }
}
