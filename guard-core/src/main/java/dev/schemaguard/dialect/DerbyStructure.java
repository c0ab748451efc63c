// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LetterCase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Derby's SYSCOLUMNS and SYSCONGLOMERATES, which every role may read.
 *
 * @see <a href="https://db.apache.org/derby/docs/10.16/ref/rrefsistabs38369.html">System tables</a>
 */
final class DerbyStructure implements StructureCatalog {

  private static final String NOT_NULL = " NOT NULL";

  /** An index: its kind, then the numbers of its columns. */
  private static final Pattern INDEX = Pattern.compile("UNIQUE .*\\((.*)\\)");

  /** Views take no INSERT. The text of a default may be as long as a VARCHAR. */
  private static final String FILLING =
      "CASE WHEN t.TABLETYPE = 'V' THEN 'READ_ONLY'"
          + " WHEN c.AUTOINCREMENTINC IS NOT NULL AND c.COLUMNDEFAULT IS NULL"
          + " THEN 'IDENTITY_ALWAYS' WHEN c.AUTOINCREMENTINC IS NOT NULL THEN 'IDENTITY'"
          + " WHEN CAST(c.COLUMNDEFAULT AS VARCHAR(32672)) LIKE 'GENERATED ALWAYS AS (%'"
          + " THEN 'GENERATED' WHEN CAST(c.COLUMNDEFAULT AS VARCHAR(32672)) <> 'NULL'"
          + " THEN 'DEFAULT' ELSE 'NONE' END";

  private static final String FROM =
      " FROM SYS.SYSTABLES t JOIN SYS.SYSSCHEMAS s ON s.SCHEMAID = t.SCHEMAID"
          + " JOIN SYS.SYSCOLUMNS c ON c.REFERENCEID = t.TABLEID";

  private static final String COLUMNS =
      "SELECT s.SCHEMANAME, t.TABLENAME, t.TABLETYPE = 'V', c.COLUMNNAME,"
          + " CAST(c.COLUMNDATATYPE AS VARCHAR(32672)), FALSE, "
          + FILLING
          + ", '', c.COLUMNNUMBER"
          + FROM
          + " WHERE t.TABLETYPE IN ('T', 'V') AND ";

  /** A row for each column of the table; the text of the index shows which ones it has. */
  private static final String KEYS =
      "SELECT s.SCHEMANAME, t.TABLENAME, FALSE, c.COLUMNNAME,"
          + " CAST(i.DESCRIPTOR AS VARCHAR(32672)), FALSE, '', i.CONGLOMERATENAME, c.COLUMNNUMBER"
          + FROM
          + " JOIN SYS.SYSCONGLOMERATES i ON i.TABLEID = t.TABLEID AND i.ISINDEX"
          + " WHERE t.TABLETYPE = 'T' AND ";

  @Override
  public DatabaseStructure read(
      DatabaseSession session, Collection<String> schemas, @Nullable Collection<String> tables)
      throws SQLException {
    StructureFilter filter = new StructureFilter("s.SCHEMANAME", "t.TABLENAME", schemas, tables);
    List<String> parameters = filter.parametersAnd(filter);
    return new Rows()
        .select(session, COLUMNS + filter.sql() + " UNION ALL " + KEYS + filter.sql(), parameters);
  }

  /** The rows with the texts of types and of indexes taken apart. */
  private static final class Rows extends StructureRows {
    Rows() {
      super(LetterCase.DISTINCT);
    }

    @Override
    void addColumn(ResultSet row, String type, boolean notNull) throws SQLException {
      boolean required = type.endsWith(NOT_NULL);
      super.addColumn(
          row, required ? type.substring(0, type.length() - NOT_NULL.length()) : type, required);
    }

    @Override
    void addToKey(ResultSet row, String key) throws SQLException {
      if (isIn(row.getString(5), row.getInt(9))) {
        super.addToKey(row, key);
      }
    }
  }

  private static boolean isIn(String index, int column) {
    Matcher unique = INDEX.matcher(index);
    if (!unique.matches() || index.contains("DEFERRABLE")) {
      return false;
    }
    for (String number : unique.group(1).split(",", -1)) {
      if (number.replace("DESC", "").strip().equals(String.valueOf(column))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isComplete(DatabaseSession session, @Nullable String schema) {
    return true;
  }
}
