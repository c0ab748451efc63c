// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LetterCase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The information_schema of MySQL and MariaDB, which shows the columns that the role has a right
 * on.
 *
 * @param mariaDb whether the product is MariaDB
 * @see <a href="https://dev.mysql.com/doc/refman/8.0/en/information-schema-columns-table.html">The
 *     INFORMATION_SCHEMA COLUMNS Table</a>
 * @see <a href="https://mariadb.com/kb/en/information-schema-columns-table/">Information Schema
 *     COLUMNS Table</a>
 */
record MySqlStructure(boolean mariaDb) implements StructureCatalog {

  /**
   * The display width, which MySQL 8.0.19 and later show only of tinyint(1), because drivers read
   * that as a boolean; zeros are only for display, too.
   */
  private static final Pattern WIDTH =
      Pattern.compile("^((?:tiny|small|medium|big)?int|year)\\(\\d+\\)");

  private static final String BOOLEAN = "tinyint(1)";
  private static final String ZEROS = " zerofill";

  /** One simple column in the definition of a view. */
  private static final String ITEM = "(`[^`]*`[.])*`[^`]*` AS `[^`]*`";

  /** A view of MySQL with an expression takes no INSERT; in MariaDB only its expression does. */
  private static final String TAKES_IT_IN_MYSQL =
      "v.VIEW_DEFINITION REGEXP '^select (" + ITEM + ",)*" + ITEM + " from `'";

  private static final String TAKES_IT_IN_MARIADB =
      "v.VIEW_DEFINITION REGEXP ' from `[^`]*`[.]`[^`]*`' AND v.VIEW_DEFINITION REGEXP"
          + " CONCAT('(^select |,)(`[^`]*`[.])*`[^`]*` AS `', c.COLUMN_NAME, '`')";

  /** COLUMN_DEFAULT of MariaDB is an expression: NULL if there is none. */
  private static final String DEFAULT_OF_MARIADB = "c.COLUMN_DEFAULT <> 'NULL'";

  private static final String DEFAULT_OF_MYSQL = "c.COLUMN_DEFAULT IS NOT NULL";

  private static final String FROM =
      " FROM information_schema.COLUMNS c JOIN information_schema.TABLES t"
          + " ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME"
          + " LEFT JOIN information_schema.VIEWS v"
          + " ON v.TABLE_SCHEMA = c.TABLE_SCHEMA AND v.TABLE_NAME = c.TABLE_NAME"
          + " WHERE t.TABLE_TYPE NOT IN ('SEQUENCE', 'TEMPORARY')";

  /** Without keys of expressions, and of the first characters of a text. */
  private static final String KEYS =
      ", s.TABLE_NAME, 0, s.COLUMN_NAME, '', 0, '', s.INDEX_NAME"
          + " FROM information_schema.STATISTICS s WHERE s.NON_UNIQUE = 0"
          + " AND NOT EXISTS (SELECT 1 FROM information_schema.STATISTICS o"
          + " WHERE o.TABLE_SCHEMA = s.TABLE_SCHEMA AND o.TABLE_NAME = s.TABLE_NAME"
          + " AND o.INDEX_NAME = s.INDEX_NAME"
          + " AND (o.COLUMN_NAME IS NULL OR o.SUB_PART IS NOT NULL))";

  /** The number of rows and the XOR of their digests, which does not depend on their order. */
  private static final String DIGESTS =
      "SELECT line.name, CONCAT(COUNT(*), ' ', "
          + half("LEFT")
          + ", ' ', "
          + half("RIGHT")
          + ") FROM (SELECT name, MD5(CONCAT_WS('\t', part, view, attribute, type, required,"
          + " filling, code)) AS digest FROM shown) line GROUP BY line.name";

  private static String half(String side) {
    return "BIT_XOR(CAST(CONV(" + side + "(line.digest, 16), 16, 10) AS UNSIGNED))";
  }

  @Override
  public DatabaseStructure read(
      DatabaseSession session, Collection<String> schemas, @Nullable Collection<String> tables)
      throws SQLException {
    StructureFilter columns = filter("c", schemas, tables);
    StructureFilter keys = filter("s", schemas, tables);
    return new Rows().select(session, rows(schemas, columns, keys), columns.parametersAnd(keys));
  }

  private String rows(Collection<String> schemas, StructureFilter columns, StructureFilter keys) {
    return select(schemas, "c")
        + columns()
        + FROM
        + " AND "
        + columns.sql()
        + " UNION ALL "
        + select(schemas, "s")
        + KEYS
        + " AND "
        + keys.sql();
  }

  /**
   * {@inheritDoc}
   *
   * <p>A schema whose columns may be hidden from the user has none, because another one with the
   * same digest may lack what is hidden here. MariaDB opens every table of every schema for a
   * question about several of them, so there it is quicker to read them one by one.
   */
  @Override
  public Map<String, String> digests(
      DatabaseSession session, Collection<String> schemas, Collection<String> tables)
      throws SQLException {
    Set<String> shown =
        mariaDb || tables.isEmpty() ? Set.of() : new MySqlPrivileges(session).covered(schemas);
    if (shown.isEmpty()) {
      return Map.of();
    }
    StructureFilter columns = filter("c", shown, tables);
    StructureFilter keys = filter("s", shown, tables);
    Map<String, String> digests = new HashMap<>();
    session.forEach(
        "WITH shown (name, part, view, attribute, type, required, filling, code) AS ("
            + rows(shown, columns, keys)
            + ") "
            + DIGESTS,
        columns.parametersAnd(keys),
        row -> digests.put(row.getString(1), row.getString(2)));
    return digests;
  }

  private static String select(Collection<String> schemas, String alias) {
    return "SELECT " + (schemas.isEmpty() ? "NULL" : alias + ".TABLE_SCHEMA");
  }

  /** Returns the values of a column's row; an ENUM without a default has its first value. */
  private String columns() {
    return ", c.TABLE_NAME, v.TABLE_NAME IS NOT NULL, c.COLUMN_NAME, c.COLUMN_TYPE,"
        + " c.IS_NULLABLE = 'NO' AND v.TABLE_NAME IS NULL, CASE WHEN v.TABLE_NAME IS NOT NULL THEN"
        + " CASE WHEN v.IS_UPDATABLE = 'YES' AND (v.VIEW_DEFINITION = '' OR "
        + (mariaDb ? TAKES_IT_IN_MARIADB : TAKES_IT_IN_MYSQL)
        + ") THEN 'NONE' ELSE 'READ_ONLY' END"
        + " WHEN c.EXTRA LIKE '%auto_increment%' THEN 'IDENTITY'"
        + " WHEN c.EXTRA REGEXP 'VIRTUAL|STORED|PERSISTENT' THEN 'GENERATED'"
        + " WHEN "
        + (mariaDb ? DEFAULT_OF_MARIADB : DEFAULT_OF_MYSQL)
        + " OR (c.DATA_TYPE = 'enum' AND c.IS_NULLABLE = 'NO') THEN 'DEFAULT' ELSE 'NONE' END, ''";
  }

  private static StructureFilter filter(
      String alias, Collection<String> schemas, @Nullable Collection<String> tables) {
    return new StructureFilter(
        alias + ".TABLE_SCHEMA", alias + ".TABLE_NAME", schemas, tables, "DATABASE()");
  }

  /** The rows with normalised types. */
  private static final class Rows extends StructureRows {
    Rows() {
      super(LetterCase.SAME_COLUMNS);
    }

    @Override
    void addColumn(ResultSet row, String type, boolean notNull) throws SQLException {
      String plain =
          type.endsWith(ZEROS) ? type.substring(0, type.length() - ZEROS.length()) : type;
      super.addColumn(
          row, plain.equals(BOOLEAN) ? plain : WIDTH.matcher(plain).replaceFirst("$1"), notNull);
    }
  }

  @Override
  public boolean isComplete(DatabaseSession session, @Nullable String schema) throws SQLException {
    return new MySqlPrivileges(session).coverSchema(schema);
  }
}
