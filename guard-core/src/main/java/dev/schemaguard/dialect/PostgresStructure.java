// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.structure.Column;
import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.Filling;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's pg_attribute and pg_index, which every role may read in full.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-attribute.html">pg_attribute</a>
 */
final class PostgresStructure implements StructureCatalog {

  /**
   * A type without its schema, which format_type names only if the search path does not have it.
   */
  private static final String TYPE =
      "regexp_replace(format_type(a.atttypid, a.atttypmod), '^(\"[^\"]*\"|\\w+)\\.', '')";

  private static final String COLUMNS =
      "SELECT n.nspname, c.relname, c.relkind IN ('v', 'm'), a.attname, "
          + TYPE
          + ", a.attnotnull OR t.typnotnull, CASE a.attidentity WHEN 'a' THEN 'IDENTITY_ALWAYS'"
          + " WHEN 'd' THEN 'IDENTITY' ELSE CASE WHEN a.attgenerated <> '' THEN 'GENERATED'"
          + " WHEN a.atthasdef OR t.typdefault IS NOT NULL THEN 'DEFAULT' ELSE 'NONE' END END, ''"
          + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
          + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
          + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped"
          + " AND n.nspname = ANY (string_to_array(?, chr(10)))";

  private static final String KEYS =
      " UNION ALL SELECT n.nspname, c.relname, false, a.attname, '', false, '', i.indexrelid::text"
          + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
          + " AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])"
          + " WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL"
          + " AND n.nspname = ANY (string_to_array(?, chr(10)))";

  private static final String NAMED = " AND c.relname = ANY (string_to_array(?, chr(10)))";

  private static final String OWN =
      " AND NOT c.relispartition AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d"
          + " WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid"
          + " AND d.deptype = 'e')";

  @Override
  public DatabaseStructure read(
      DatabaseSession session, Collection<String> schemas, @Nullable Collection<String> tables)
      throws SQLException {
    String filter = tables == null ? OWN : NAMED;
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      parameters.add(String.join("\n", schemas));
      if (tables != null) {
        parameters.add(String.join("\n", tables));
      }
    }
    DatabaseStructure.Builder structure = new DatabaseStructure.Builder();
    session.forEach(COLUMNS + filter + KEYS + filter, parameters, row -> add(structure, row));
    return structure.build();
  }

  private static void add(DatabaseStructure.Builder structure, ResultSet row) throws SQLException {
    String key = row.getString(8);
    String column = row.getString(4);
    var table = structure.table(row.getString(1), row.getString(2), row.getBoolean(3));
    if (key.isEmpty()) {
      table.add(
          new Column(
              column, row.getString(5), row.getBoolean(6), Filling.valueOf(row.getString(7))));
    } else {
      table.addToKey(key, column);
    }
  }
}
