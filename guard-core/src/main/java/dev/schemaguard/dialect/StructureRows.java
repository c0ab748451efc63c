// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.history.ReadSession.RowConsumer;
import dev.schemaguard.structure.Column;
import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.Filling;
import dev.schemaguard.structure.LetterCase;
import dev.schemaguard.structure.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Collects the rows of a {@link StructureCatalog}'s SELECT. Each is a column, or a column of a key.
 * The values are: the schema or null, the table, whether it is a view, the column, its type,
 * whether it is NOT NULL, the name of its {@link Filling} or READ_ONLY, and the key; the key of a
 * column's own row is empty. Used by one thread.
 */
class StructureRows implements RowConsumer {

  /** What a row says of a column of a view that no INSERT may name. */
  private static final String READ_ONLY = "READ_ONLY";

  private final DatabaseStructure.Builder structure;

  StructureRows(LetterCase letterCase) {
    structure = new DatabaseStructure.Builder(letterCase);
  }

  /** Returns what a SELECT finds. */
  final DatabaseStructure select(DatabaseSession session, String sql, List<?> parameters)
      throws SQLException {
    session.forEach(sql, parameters, this);
    return structure.build();
  }

  @Override
  public void accept(ResultSet row) throws SQLException {
    String key = row.getString(8);
    if (key.isEmpty()) {
      addColumn(row, row.getString(5), row.getBoolean(6));
    } else {
      addToKey(row, key);
    }
  }

  /** Adds the row of a column of a key. */
  void addToKey(ResultSet row, String key) throws SQLException {
    table(row).addToKey(key, row.getString(4));
  }

  /** Adds the row of a column. */
  void addColumn(ResultSet row, String type, boolean notNull) throws SQLException {
    String name = row.getString(4);
    // Some products pad the shorter literals of a CASE with blanks.
    String filling = row.getString(7).strip();
    if (filling.equals(READ_ONLY)) {
      table(row).addReadOnly(new Column(name, type, false, Filling.NONE));
    } else {
      table(row).add(new Column(name, type, notNull, Filling.valueOf(filling)));
    }
  }

  private Table.Builder table(ResultSet row) throws SQLException {
    return structure.table(row.getString(1), row.getString(2), row.getBoolean(3));
  }
}
