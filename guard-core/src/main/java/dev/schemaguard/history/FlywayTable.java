// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The format of Flyway's {@code flyway_schema_history}. Flyway quotes its table and columns ({@code
 * JdbcTableSchemaHistory} and the {@code getRawCreateScript} of each database in flyway-core 11).
 */
final class FlywayTable implements TableFormat {

  static final String TABLE = "flyway_schema_history";

  private static final List<String> REQUIRED =
      List.of("installed_rank", "version", "type", "success");

  private static final Set<String> SHAPE =
      Set.of("version", "description", "type", "script", "installed_by", "installed_on");

  private static final List<String> COLUMNS =
      List.of(
          "installed_rank", "version", "type", "success", "description", "script", "installed_on");

  @Override
  public String tool() {
    return "flyway";
  }

  @Override
  public HistoryReader reader(HistoryLocation location, HistoryTable table) {
    return new FlywayHistoryReader(table);
  }

  @Override
  public String table(ReadSession session, @Nullable String configured) {
    return configured == null ? TABLE : configured;
  }

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public List<String> required() {
    return REQUIRED;
  }

  @Override
  public String rarestColumn() {
    return "installed_by";
  }

  /**
   * Returns true for the table {@code schema_version} as well, which is Flyway's name up to version
   * 4.
   */
  @Override
  public boolean fits(String table, Set<String> columns) {
    return columns.containsAll(SHAPE);
  }

  @Override
  public String spelt(ReadSession session, String column) {
    return session.quoted(column);
  }

  @Override
  public List<Integer> order() {
    return List.of(COLUMNS.indexOf("installed_rank"));
  }

  /**
   * Compares the success column explicitly, because HSQLDB's booleans are bits, which are not
   * conditions by themselves.
   */
  @Override
  public String tokenSql(String qualifiedTable, List<String> columns) {
    return "SELECT COUNT(*), COUNT(CASE WHEN "
        + columns.get(COLUMNS.indexOf("success"))
        + (" = TRUE THEN 1 END), MAX(" + rank(columns) + ") FROM " + qualifiedTable);
  }

  private static String rank(List<String> columns) {
    return columns.get(COLUMNS.indexOf("installed_rank"));
  }

  @Override
  public String token(ResultSet row) throws SQLException {
    return FlywayRows.token(row.getLong(1), row.getLong(2), row.getString(3));
  }

  @Override
  public Rows rows() {
    return new FlywayRows();
  }

  @Override
  public List<String> adviceOnColumns() {
    return List.of("Name Flyway's own table if this is another one of that name.");
  }

  @Override
  public String adviceOnShape() {
    return "Find out who wrote the row, because Flyway does not write such rows. While no migration"
        + " runs, correct it or delete it.";
  }
}
