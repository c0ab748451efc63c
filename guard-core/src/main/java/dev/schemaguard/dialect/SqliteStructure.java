// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LetterCase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQLite's functions for tables, columns and indexes. A column that converts no value, because it
 * has no type or is ANY in a STRICT table, has the type ANY; elsewhere ANY means NUMERIC.
 *
 * @see <a href="https://www.sqlite.org/pragma.html#pragma_table_xinfo">PRAGMA table_xinfo</a>
 * @see <a href="https://www.sqlite.org/pragma.html#pragma_index_list">PRAGMA index_list</a>
 */
final class SqliteStructure implements StructureCatalog {

  /** A trigger of a view that is not for INSERT may have any statement in its body. */
  private static final String TAKES_INSERT =
      "EXISTS (SELECT 1 FROM %1$s.sqlite_master g WHERE g.type = 'trigger' AND g.tbl_name = m.name"
          + " COLLATE NOCASE AND instr(upper(replace(replace(replace(replace(replace(g.sql,"
          + " char(9), ' '), char(10), ' '), char(13), ' '), '  ', ' '), '  ', ' ')),"
          + " 'INSTEAD OF INSERT') > 0)";

  /**
   * A primary key that has no index is the row's number, which the database assigns; that of a
   * table without row numbers has an index.
   */
  private static final String IS_ROW_NUMBER =
      "c.pk > 0 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(m.name, %2$s) p"
          + " WHERE p.origin = 'pk')";

  private static final String COLUMNS =
      "SELECT %3$s, m.name, m.type = 'view', c.name,"
          + " CASE WHEN c.type = '' OR (upper(c.type) = 'ANY' AND m.strict) THEN 'ANY'"
          + " WHEN upper(c.type) = 'ANY' THEN 'NUMERIC' ELSE c.type END,"
          + " c.\"notnull\" AND m.type <> 'view',"
          + " CASE WHEN m.type = 'view' THEN CASE WHEN "
          + TAKES_INSERT
          + " THEN 'NONE' ELSE 'READ_ONLY' END WHEN c.hidden > 1 THEN 'GENERATED' WHEN "
          + IS_ROW_NUMBER
          + " THEN 'IDENTITY' WHEN upper(c.dflt_value) <> 'NULL' THEN 'DEFAULT' ELSE 'NONE' END, ''"
          + " FROM pragma_table_list m, pragma_table_xinfo(m.name, %2$s) c"
          + " WHERE m.schema = %2$s AND m.type IN ('table', 'virtual', 'view')"
          + " AND c.hidden <> 1 AND m.name NOT LIKE 'sqlite!_%%' ESCAPE '!'";

  private static final String ROW_NUMBERS =
      " UNION ALL SELECT %3$s, m.name, 0, c.name, '', 0, '', 'pk' FROM pragma_table_list m,"
          + " pragma_table_xinfo(m.name, %2$s) c WHERE m.schema = %2$s AND m.type = 'table' AND "
          + IS_ROW_NUMBER
          + " AND m.name NOT LIKE 'sqlite!_%%' ESCAPE '!'";

  /** Without indexes of expressions, which have the number -2, and of some rows. */
  private static final String KEYS =
      " UNION ALL SELECT %3$s, m.name, 0, k.name, '', 0, '', i.name FROM pragma_table_list m,"
          + " pragma_index_list(m.name, %2$s) i, pragma_index_xinfo(i.name, %2$s) k"
          + " WHERE m.schema = %2$s AND m.type = 'table' AND i.\"unique\" AND NOT i.partial"
          + " AND k.\"key\" AND NOT EXISTS (SELECT 1 FROM pragma_index_xinfo(i.name, %2$s) o"
          + " WHERE o.\"key\" AND o.cid < 0)";

  @Override
  public DatabaseStructure read(
      DatabaseSession session, Collection<String> schemas, @Nullable Collection<String> tables)
      throws SQLException {
    StringBuilder sql = new StringBuilder();
    List<String> parameters = new ArrayList<>();
    for (String schema : schemas.isEmpty() ? List.of(Sqlite.FILE) : schemas) {
      String literal = session.dialect().literal(schema);
      String shown = schemas.isEmpty() ? "NULL" : literal;
      sql.append(sql.isEmpty() ? "" : " UNION ALL ");
      for (String part : List.of(COLUMNS, ROW_NUMBERS, KEYS)) {
        sql.append(part.formatted(session.quoted(schema), literal, shown));
        if (tables != null) {
          sql.append(" AND lower(m.name) IN (NULL").append(", lower(?)".repeat(tables.size()));
          sql.append(')');
          parameters.addAll(tables);
        }
      }
    }
    return new StructureRows(LetterCase.SAME).select(session, sql.toString(), parameters);
  }

  @Override
  public boolean isComplete(DatabaseSession session, @Nullable String schema) {
    return true;
  }
}
