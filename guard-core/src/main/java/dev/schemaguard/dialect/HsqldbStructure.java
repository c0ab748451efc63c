// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LetterCase;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HSQLDB's INFORMATION_SCHEMA, which shows what the role may use.
 *
 * @param dialect knows which roles see a whole schema
 * @see <a href="https://hsqldb.org/doc/2.0/guide/databaseobjects-chpt.html">Schemas and Database
 *     Objects, The Information Schema</a>
 */
record HsqldbStructure(Hsqldb dialect) implements StructureCatalog {

  /** DTD_IDENTIFIER is the type as CREATE TABLE names it, but shortens lengths: CLOB(1G). */
  private static final String TYPE =
      "CASE WHEN c.DATA_TYPE LIKE '% LARGE OBJECT'"
          + " THEN c.DATA_TYPE || '(' || c.CHARACTER_MAXIMUM_LENGTH || ')'"
          + " ELSE c.DTD_IDENTIFIER END";

  private static final String FILLING =
      "CASE WHEN t.TABLE_TYPE = 'VIEW' THEN CASE WHEN v.INSERTABLE_INTO = 'YES'"
          + " OR v.IS_TRIGGER_INSERTABLE_INTO = 'YES' THEN 'NONE' ELSE 'READ_ONLY' END"
          + " WHEN c.IDENTITY_GENERATION = 'ALWAYS' THEN 'IDENTITY_ALWAYS'"
          + " WHEN c.IS_IDENTITY = 'YES' THEN 'IDENTITY'"
          + " WHEN c.IS_GENERATED = 'ALWAYS' THEN 'GENERATED'"
          + " WHEN COALESCE(c.COLUMN_DEFAULT, d.DOMAIN_DEFAULT, 'NULL') <> 'NULL' THEN 'DEFAULT'"
          + " ELSE 'NONE' END";

  private static final String COLUMNS =
      "SELECT c.TABLE_SCHEMA, c.TABLE_NAME, t.TABLE_TYPE = 'VIEW', c.COLUMN_NAME, "
          + TYPE
          + ", c.IS_NULLABLE = 'NO' AND t.TABLE_TYPE <> 'VIEW', "
          + FILLING
          + ", '' FROM INFORMATION_SCHEMA.COLUMNS c JOIN INFORMATION_SCHEMA.TABLES t"
          + " ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME"
          + " LEFT JOIN INFORMATION_SCHEMA.VIEWS v"
          + " ON v.TABLE_SCHEMA = c.TABLE_SCHEMA AND v.TABLE_NAME = c.TABLE_NAME"
          + " LEFT JOIN INFORMATION_SCHEMA.DOMAINS d"
          + " ON d.DOMAIN_SCHEMA = c.DOMAIN_SCHEMA AND d.DOMAIN_NAME = c.DOMAIN_NAME WHERE ";

  private static final String KEYS =
      "SELECT i.TABLE_SCHEM, i.TABLE_NAME, FALSE, i.COLUMN_NAME, '', FALSE, '', i.INDEX_NAME"
          + " FROM INFORMATION_SCHEMA.SYSTEM_INDEXINFO i WHERE NOT i.NON_UNIQUE AND ";

  @Override
  public DatabaseStructure read(
      DatabaseSession session, Collection<String> schemas, @Nullable Collection<String> tables)
      throws SQLException {
    StructureFilter columns =
        new StructureFilter("c.TABLE_SCHEMA", "c.TABLE_NAME", schemas, tables);
    StructureFilter keys = new StructureFilter("i.TABLE_SCHEM", "i.TABLE_NAME", schemas, tables);
    List<String> parameters = columns.parametersAnd(keys);
    return new StructureRows(LetterCase.DISTINCT)
        .select(session, COLUMNS + columns.sql() + " UNION ALL " + KEYS + keys.sql(), parameters);
  }

  @Override
  public boolean isComplete(DatabaseSession session, @Nullable String schema) throws SQLException {
    return schema != null && dialect.showsAllTables(session, schema);
  }
}
