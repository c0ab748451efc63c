// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LetterCase;
import java.sql.ResultSet;
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
   * one below it is NOT NULL. It is only computed if a column has a type that was created.
   */
  private static final String DOMAINS =
      "WITH RECURSIVE domain (id, base, modifier, required) AS ("
          + "SELECT oid, typbasetype, typtypmod, typnotnull FROM pg_catalog.pg_type"
          + " WHERE typtype = 'd' UNION ALL SELECT d.id, t.typbasetype, t.typtypmod,"
          + " d.required OR t.typnotnull FROM domain d"
          + " JOIN pg_catalog.pg_type t ON t.oid = d.base AND t.typtype = 'd'), ";

  /**
   * The relations of some schemas; both columns of the index on pg_class are compared with values,
   * and so only these relations are visited.
   */
  private static final String RELATIONS =
      DOMAINS
          + "c AS (SELECT c.oid, n.nspname, c.relname, c.relkind FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relnamespace = ANY (ARRAY(SELECT s.oid FROM pg_catalog.pg_namespace s"
          + " WHERE s.nspname = ANY (string_to_array(?, chr(10))))) AND ";

  private static final String NAMED = "c.relname = ANY (string_to_array(?, chr(10)))) ";

  private static final String OWN =
      "NOT c.relispartition AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d"
          + " WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid"
          + " AND d.deptype = 'e')) ";

  /** The values of an enum, or of the one in an array, in their order. */
  private static final String LABELS =
      "(SELECT string_agg('''' || replace(enumlabel, '''', '''''') || '''', ','"
          + " ORDER BY enumsortorder) FROM pg_catalog.pg_enum WHERE enumtypid ="
          + " CASE u.typcategory WHEN 'A' THEN u.typelem ELSE u.oid END)";

  /** What begins the type of a column whose domain is NOT NULL. */
  private static final String REQUIRED = "\n";

  /** A type that was created, without its schema, which depends on the search path. */
  private static final String CREATED_TYPE =
      "(SELECT CASE WHEN required THEN chr(10) ELSE '' END || CASE WHEN labels IS NULL THEN name"
          + " WHEN typcategory = 'A' THEN left(name, -2) || '(' || labels || ')[]'"
          + " ELSE name || '(' || labels || ')' END FROM (SELECT required, u.typcategory,"
          + " regexp_replace(format_type(u.oid, modifier), '^(\"([^\"]|\"\")*\"|\\w+)\\.', '')"
          + " AS name, "
          + LABELS
          + " AS labels FROM (SELECT t.oid AS base, a.atttypmod AS modifier, false AS required"
          + " WHERE t.typtype <> 'd' UNION ALL SELECT base, modifier, required FROM domain"
          + " WHERE id = t.oid) d"
          + " JOIN pg_catalog.pg_type u ON u.oid = d.base AND u.typtype <> 'd') named)";

  /**
   * Below this, an OID belongs to the schema pg_catalog (FirstUnpinnedObjectId in PostgreSQL's
   * transam.h).
   */
  private static final String BUILT_IN = "t.oid < 12000";

  private static final String TYPE =
      "CASE WHEN "
          + BUILT_IN
          + " THEN replace(format_type(t.oid, a.atttypmod), 'pg_catalog.', '') ELSE "
          + CREATED_TYPE
          + " END";

  /** All schemas have the same built-in types, which are quicker to compare without a name. */
  private static final String TYPE_IN_DIGEST =
      "CASE WHEN " + BUILT_IN + " THEN t.oid || ' ' || a.atttypmod ELSE " + CREATED_TYPE + " END";

  private static final String FILLING =
      "CASE WHEN c.relkind IN ('v', 'm') THEN "
          + PostgresViews.FILLING
          + " WHEN a.attidentity = 'a' THEN 'IDENTITY_ALWAYS' WHEN a.attidentity = 'd'"
          + " THEN 'IDENTITY' WHEN a.attgenerated <> '' THEN 'GENERATED'"
          + " WHEN a.atthasdef OR t.typdefault IS NOT NULL THEN 'DEFAULT' ELSE 'NONE' END";

  /**
   * The kinds are not a condition of {@link #RELATIONS}, where the planner would know how many rows
   * have them: it would add the cost of a view's subqueries for each column of each table, and
   * compile the statement.
   */
  private static final String FROM_COLUMNS =
      " FROM c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
          + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
          + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped";

  /** Without the keys that no upsert can use: of expressions, of some rows, and deferrable ones. */
  private static final String UPSERT_KEY =
      " WHERE c.relkind IN ('r', 'p') AND i.indisunique AND i.indimmediate AND i.indisvalid"
          + " AND NOT i.indisexclusion AND i.indpred IS NULL AND i.indexprs IS NULL";

  private static final String KEY_COLUMNS = "(i.indkey::int2[])[0:i.indnkeyatts - 1]";

  private static final String ROWS =
      "SELECT c.nspname, c.relname, c.relkind IN ('v', 'm'), a.attname, "
          + TYPE
          + ", a.attnotnull AND c.relkind NOT IN ('v', 'm'), "
          + FILLING
          + ", ''"
          + FROM_COLUMNS
          + " UNION ALL SELECT c.nspname, c.relname, false, a.attname, '', false, '',"
          + " i.indexrelid::text FROM c JOIN pg_catalog.pg_index i ON i.indrelid = c.oid"
          + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY ("
          + KEY_COLUMNS
          + ")"
          + UPSERT_KEY;

  /** Columns and keys as one line each, in an order that all schemas share. */
  private static final String DIGESTS =
      RELATIONS
          + NAMED
          + "SELECT nspname, md5(string_agg(line, chr(10) ORDER BY line COLLATE \"C\")) FROM ("
          + "SELECT c.nspname, concat_ws(chr(9), c.relname, c.relkind IN ('v', 'm'), a.attnum,"
          + " a.attname, "
          + TYPE_IN_DIGEST
          + ", a.attnotnull, "
          + FILLING
          + ") AS line"
          + FROM_COLUMNS
          + " UNION ALL SELECT c.nspname, concat_ws(chr(9), c.relname, "
          + KEY_COLUMNS
          + ") FROM c JOIN pg_catalog.pg_index i ON i.indrelid = c.oid"
          + UPSERT_KEY
          + ") lines GROUP BY nspname";

  /**
   * {@inheritDoc}
   *
   * <p>Two schemas whose columns have the same names, but other numbers, have different digests.
   */
  @Override
  public Map<String, String> digests(
      DatabaseSession session, Collection<String> schemas, Collection<String> tables)
      throws SQLException {
    Map<String, String> digests = new HashMap<>();
    session.forEach(
        DIGESTS,
        parameters(schemas, tables),
        row -> digests.put(row.getString(1), row.getString(2)));
    return digests;
  }

  @Override
  public DatabaseStructure read(
      DatabaseSession session, Collection<String> schemas, @Nullable Collection<String> tables)
      throws SQLException {
    return new Rows()
        .select(
            session,
            RELATIONS + (tables == null ? OWN : NAMED) + ROWS,
            parameters(schemas, tables));
  }

  private static List<String> parameters(
      Collection<String> schemas, @Nullable Collection<String> tables) {
    List<String> parameters = new ArrayList<>();
    parameters.add(String.join("\n", schemas));
    if (tables != null) {
      parameters.add(String.join("\n", tables));
    }
    return parameters;
  }

  @Override
  public boolean isComplete(DatabaseSession session, @Nullable String schema) {
    return true;
  }

  /** The rows, with NOT NULL of a domain as that of its column. */
  private static final class Rows extends StructureRows {
    Rows() {
      super(LetterCase.DISTINCT);
    }

    @Override
    void addColumn(ResultSet row, String type, boolean notNull) throws SQLException {
      boolean isRequired = type.startsWith(REQUIRED);
      super.addColumn(
          row,
          isRequired ? type.substring(REQUIRED.length()) : type,
          notNull || (isRequired && !row.getBoolean(3)));
    }
  }
}
