// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LetterCase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's pg_attribute and pg_index, which every role may read in full.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-attribute.html">pg_attribute</a>
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-index.html">pg_index</a>
 */
final class PostgresStructure implements StructureCatalog {

  /**
   * The type below each domain, because drivers and casts use that one, and whether the domain or
   * one below it is NOT NULL; and the values of each enum, in their order.
   */
  private static final String TYPES =
      "WITH RECURSIVE domain (id, base, modifier, required) AS ("
          + "SELECT oid, typbasetype, typtypmod, typnotnull FROM pg_catalog.pg_type"
          + " WHERE typtype = 'd' UNION ALL SELECT d.id, t.typbasetype, t.typtypmod,"
          + " d.required OR t.typnotnull FROM domain d"
          + " JOIN pg_catalog.pg_type t ON t.oid = d.base AND t.typtype = 'd'),"
          + " enumeration (id, labels) AS (SELECT enumtypid, string_agg('''' ||"
          + " replace(enumlabel, '''', '''''') || '''', ',' ORDER BY enumsortorder)"
          + " FROM pg_catalog.pg_enum GROUP BY enumtypid) ";

  /** A type without its schema, which format_type shows only if the search path lacks it. */
  private static final String NAME =
      "regexp_replace(format_type(u.oid, coalesce(d.modifier, a.atttypmod)),"
          + " '^(\"([^\"]|\"\")*\"|\\w+)\\.', '')";

  private static final String TYPE =
      "CASE WHEN e.id IS NULL THEN "
          + NAME
          + " WHEN u.typelem = e.id THEN left("
          + NAME
          + ", -2) || '(' || e.labels || ')[]' ELSE "
          + NAME
          + " || '(' || e.labels || ')' END";

  private static final String FILLING =
      "CASE WHEN c.relkind IN ('v', 'm') THEN "
          + PostgresViews.FILLING
          + " WHEN a.attidentity = 'a' THEN 'IDENTITY_ALWAYS' WHEN a.attidentity = 'd'"
          + " THEN 'IDENTITY' WHEN a.attgenerated <> '' THEN 'GENERATED'"
          + " WHEN a.atthasdef OR t.typdefault IS NOT NULL THEN 'DEFAULT' ELSE 'NONE' END";

  private static final String COLUMNS =
      TYPES
          + "SELECT n.nspname, c.relname, c.relkind IN ('v', 'm'), a.attname, "
          + TYPE
          + ", (a.attnotnull OR coalesce(d.required, false)) AND c.relkind NOT IN ('v', 'm'), "
          + FILLING
          + ", '' FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
          + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
          + " LEFT JOIN domain d ON d.id = t.oid AND NOT EXISTS"
          + " (SELECT 1 FROM pg_catalog.pg_type b WHERE b.oid = d.base AND b.typtype = 'd')"
          + " JOIN pg_catalog.pg_type u ON u.oid = coalesce(d.base, t.oid)"
          + " LEFT JOIN enumeration e"
          + " ON e.id = u.oid OR (u.typcategory = 'A' AND e.id = u.typelem)"
          + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped"
          + " AND n.nspname = ANY (string_to_array(?, chr(10)))";

  /** Without the keys that no upsert can use: of expressions, of some rows, and deferrable ones. */
  private static final String KEYS =
      " UNION ALL SELECT n.nspname, c.relname, false, a.attname, '', false, '', i.indexrelid::text"
          + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
          + " AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])"
          + " WHERE c.relkind IN ('r', 'p') AND i.indisunique AND i.indimmediate AND i.indisvalid"
          + " AND NOT i.indisexclusion AND i.indpred IS NULL AND i.indexprs IS NULL"
          + " AND n.nspname = ANY (string_to_array(?, chr(10)))";

  private static final String NAMED = " AND c.relname = ANY (string_to_array(?, chr(10)))";

  private static final String OWN =
      " AND NOT c.relispartition AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d"
          + " WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid"
          + " AND d.deptype = 'e')";

  /** The rows of columns and keys, as one line each, in an order that all schemas share. */
  private static final String DIGESTS =
      "SELECT schema, md5(string_agg(line, chr(10) ORDER BY line COLLATE \"C\")) FROM ("
          + "SELECT schema, concat_ws(chr(9), name, view, attribute, type, required, filling) AS line"
          + " FROM shown WHERE key = '' UNION ALL SELECT schema, name || chr(9) ||"
          + " string_agg(attribute, chr(9) ORDER BY attribute COLLATE \"C\") FROM shown"
          + " WHERE key <> '' GROUP BY schema, name, key) lines GROUP BY schema";

  @Override
  public Map<String, String> digests(
      DatabaseSession session, Collection<String> schemas, Collection<String> tables)
      throws SQLException {
    Map<String, String> digests = new HashMap<>();
    session.forEach(
        "WITH shown (schema, name, view, attribute, type, required, filling, key) AS ("
            + COLUMNS
            + NAMED
            + KEYS
            + NAMED
            + ") "
            + DIGESTS,
        parameters(schemas, tables),
        row -> digests.put(row.getString(1), row.getString(2)));
    return digests;
  }

  @Override
  public DatabaseStructure read(
      DatabaseSession session, Collection<String> schemas, @Nullable Collection<String> tables)
      throws SQLException {
    String filter = tables == null ? OWN : NAMED;
    return new StructureRows(LetterCase.DISTINCT)
        .select(session, COLUMNS + filter + KEYS + filter, parameters(schemas, tables));
  }

  private static List<String> parameters(
      Collection<String> schemas, @Nullable Collection<String> tables) {
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      parameters.add(String.join("\n", schemas));
      if (tables != null) {
        parameters.add(String.join("\n", tables));
      }
    }
    return parameters;
  }

  @Override
  public boolean isComplete(DatabaseSession session, @Nullable String schema) {
    return true;
  }
}
