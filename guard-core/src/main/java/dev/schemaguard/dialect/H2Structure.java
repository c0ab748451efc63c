// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LetterCase;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * H2's INFORMATION_SCHEMA since 2.0, which shows every table and column to every role.
 *
 * @see <a href="https://www.h2database.com/html/systemtables.html">System Tables</a>
 */
final class H2Structure implements StructureCatalog {

  /** What a view that takes no INSERT says; a trigger may take it. */
  private static final String FILLING =
      "CASE WHEN t.TABLE_TYPE = 'VIEW' THEN CASE WHEN t.IS_INSERTABLE_INTO = 'YES'"
          + " OR v.IS_TRIGGER_INSERTABLE_INTO = 'YES' THEN 'NONE' ELSE 'READ_ONLY' END"
          + " WHEN c.IDENTITY_GENERATION = 'ALWAYS' THEN 'IDENTITY_ALWAYS'"
          + " WHEN c.IS_IDENTITY = 'YES' THEN 'IDENTITY'"
          + " WHEN c.IS_GENERATED = 'ALWAYS' THEN 'GENERATED'"
          + " WHEN COALESCE(c.COLUMN_DEFAULT, d.DOMAIN_DEFAULT, 'NULL') <> 'NULL' THEN 'DEFAULT'"
          + " ELSE 'NONE' END";

  private static final String LABELS =
      "(SELECT LISTAGG('''' || REPLACE(x.VALUE_NAME, '''', '''''') || '''', ',')"
          + " WITHIN GROUP (ORDER BY x.VALUE_ORDINAL) FROM INFORMATION_SCHEMA.ENUM_VALUES x"
          + " WHERE x.OBJECT_SCHEMA = c.TABLE_SCHEMA AND x.OBJECT_NAME = c.TABLE_NAME"
          + " AND x.OBJECT_TYPE = 'TABLE' AND x.ENUM_IDENTIFIER = %s.DTD_IDENTIFIER)";

  /** The length of a VARCHAR without one, which depends on the release, is left out. */
  private static final String TYPE =
      "CASE %1$s.DATA_TYPE WHEN 'ENUM' THEN 'ENUM(' || "
          + LABELS.replace("%s", "%1$s")
          + " || ')' WHEN 'NUMERIC' THEN"
          + " 'NUMERIC(' || %1$s.NUMERIC_PRECISION || ',' || %1$s.NUMERIC_SCALE || ')'"
          + " WHEN 'DECFLOAT' THEN 'DECFLOAT(' || %1$s.NUMERIC_PRECISION || ')'"
          + " WHEN 'GEOMETRY' THEN 'GEOMETRY' || COALESCE('(' || %1$s.GEOMETRY_TYPE"
          + " || COALESCE(',' || %1$s.GEOMETRY_SRID, '') || ')', '')"
          + " WHEN 'INTERVAL' THEN 'INTERVAL ' || %1$s.INTERVAL_TYPE || '('"
          + " || %1$s.INTERVAL_PRECISION || COALESCE(',' || %1$s.DATETIME_PRECISION, '') || ')'"
          + " WHEN 'DATE' THEN 'DATE' WHEN 'JSON' THEN 'JSON'"
          + " ELSE CASE WHEN %1$s.DATETIME_PRECISION"
          + " = CASE WHEN %1$s.DATA_TYPE LIKE 'TIMESTAMP%%' THEN 6 ELSE 0 END THEN %1$s.DATA_TYPE"
          + " WHEN %1$s.DATETIME_PRECISION IS NOT NULL THEN REGEXP_REPLACE(%1$s.DATA_TYPE,"
          + " '^(TIME(STAMP)?)', '$1(' || %1$s.DATETIME_PRECISION || ')')"
          + " ELSE %1$s.DATA_TYPE || CASE WHEN %1$s.CHARACTER_MAXIMUM_LENGTH < 1048576"
          + " THEN '(' || %1$s.CHARACTER_MAXIMUM_LENGTH || ')' ELSE '' END END END";

  private static final String COLUMNS =
      "SELECT c.TABLE_SCHEMA, c.TABLE_NAME, t.TABLE_TYPE = 'VIEW', c.COLUMN_NAME,"
          + " CASE WHEN c.DATA_TYPE = 'ARRAY' THEN "
          + TYPE.formatted("e")
          + " || ' ARRAY[' || c.MAXIMUM_CARDINALITY || ']' ELSE "
          + TYPE.formatted("c")
          + " END, c.IS_NULLABLE = 'NO' AND t.TABLE_TYPE <> 'VIEW', "
          + FILLING
          + ", '' FROM INFORMATION_SCHEMA.COLUMNS c JOIN INFORMATION_SCHEMA.TABLES t"
          + " ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME"
          + " AND t.TABLE_TYPE <> 'LOCAL TEMPORARY'"
          + " LEFT JOIN INFORMATION_SCHEMA.VIEWS v"
          + " ON v.TABLE_SCHEMA = c.TABLE_SCHEMA AND v.TABLE_NAME = c.TABLE_NAME"
          + " LEFT JOIN INFORMATION_SCHEMA.DOMAINS d"
          + " ON d.DOMAIN_SCHEMA = c.DOMAIN_SCHEMA AND d.DOMAIN_NAME = c.DOMAIN_NAME"
          + " LEFT JOIN INFORMATION_SCHEMA.ELEMENT_TYPES e ON e.OBJECT_SCHEMA = c.TABLE_SCHEMA"
          + " AND e.OBJECT_NAME = c.TABLE_NAME AND e.OBJECT_TYPE = 'TABLE'"
          + " AND e.COLLECTION_TYPE_IDENTIFIER = c.DTD_IDENTIFIER WHERE ";

  private static final String KEYS =
      "SELECT i.TABLE_SCHEMA, i.TABLE_NAME, FALSE, k.COLUMN_NAME, '', FALSE, '', i.INDEX_NAME"
          + " FROM INFORMATION_SCHEMA.INDEXES i JOIN INFORMATION_SCHEMA.INDEX_COLUMNS k"
          + " ON k.INDEX_SCHEMA = i.INDEX_SCHEMA AND k.INDEX_NAME = i.INDEX_NAME"
          + " AND k.TABLE_NAME = i.TABLE_NAME WHERE k.IS_UNIQUE AND ";

  @Override
  public DatabaseStructure read(
      DatabaseSession session, Collection<String> schemas, @Nullable Collection<String> tables)
      throws SQLException {
    StructureFilter columns =
        new StructureFilter("c.TABLE_SCHEMA", "c.TABLE_NAME", schemas, tables);
    StructureFilter keys = new StructureFilter("i.TABLE_SCHEMA", "i.TABLE_NAME", schemas, tables);
    List<String> parameters = columns.parametersAnd(keys);
    return new StructureRows(LetterCase.DISTINCT)
        .select(session, COLUMNS + columns.sql() + " UNION ALL " + KEYS + keys.sql(), parameters);
  }

  @Override
  public boolean isComplete(DatabaseSession session, @Nullable String schema) {
    return true;
  }
}
