// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.matrix.ChangesetKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The format of Liquibase's {@code DATABASECHANGELOG}. */
final class LiquibaseTable implements TableFormat {

  private static final String TABLE = "DATABASECHANGELOG";

  private static final List<String> REQUIRED =
      List.of("ID", "AUTHOR", "FILENAME", "DATEEXECUTED", "ORDEREXECUTED", "EXECTYPE");

  /** What is selected: the required columns first, in their order. */
  private static final List<String> COLUMNS =
      List.of(
          "ID",
          "AUTHOR",
          "FILENAME",
          "DATEEXECUTED",
          "ORDEREXECUTED",
          "EXECTYPE",
          "COMMENTS",
          "TAG");

  @Override
  public String tool() {
    return "liquibase";
  }

  @Override
  public HistoryReader reader(HistoryLocation location, HistoryTable table) {
    return new LiquibaseHistoryReader(location, table);
  }

  @Override
  public String table(ReadSession session, @Nullable String configured) throws SQLException {
    return session.folded(configured == null ? TABLE : configured);
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
  public List<String> moments() {
    return List.of("DATEEXECUTED", "ORDEREXECUTED");
  }

  @Override
  public String spelt(ReadSession session, String column) {
    return column;
  }

  @Override
  public String historySql(String qualifiedTable, List<String> columns) {
    return "SELECT "
        + String.join(", ", columns)
        + (" FROM " + qualifiedTable + " ORDER BY ")
        + (date(columns) + ", " + columns.get(COLUMNS.indexOf("ORDEREXECUTED")));
  }

  @Override
  public String tokenSql(String qualifiedTable, List<String> columns) {
    return "SELECT COUNT(*), COUNT(CASE WHEN "
        + columns.get(COLUMNS.indexOf("EXECTYPE"))
        + (" IN ('EXECUTED', 'RERAN', 'MARK_RAN') THEN 1 END), MAX(" + date(columns))
        + (") FROM " + qualifiedTable);
  }

  private static String date(List<String> columns) {
    return columns.get(COLUMNS.indexOf("DATEEXECUTED"));
  }

  @Override
  public String token(ResultSet row) throws SQLException {
    return LiquibaseChangeToken.text(row.getLong(1), row.getLong(2), row.getString(3));
  }

  @Override
  public Rows rows() {
    return new Changesets();
  }

  @Override
  public List<String> adviceOnColumns() {
    return List.of(
        "Name Liquibase's own table if this is another one of that name.",
        "Let Liquibase 2 or later run once, which adds the columns to a table of version 1.");
  }

  @Override
  public String adviceOnShape() {
    return "Find out who wrote the row, for Liquibase does not; complete or delete it.";
  }

  private static final class Changesets implements Rows {

    private final List<HistoryEntry> entries = new ArrayList<>();
    private final LiquibaseChangeToken token = new LiquibaseChangeToken();

    @Override
    public Optional<String> add(ResultSet row) throws SQLException {
      List<@Nullable String> values = new ArrayList<>(COLUMNS.size());
      for (int i = 1; i <= COLUMNS.size(); i++) {
        values.add(row.getString(i));
      }
      int empty = values.subList(0, REQUIRED.size()).indexOf(null);
      if (empty >= 0) {
        return Optional.of("has no " + REQUIRED.get(empty));
      }
      HistoryEntry entry = entry(values);
      entries.add(entry);
      token.add(entry);
      return Optional.empty();
    }

    @Override
    public List<HistoryEntry> entries() {
      return entries;
    }

    @Override
    public String token() {
      return token.text();
    }
  }

  /** The entry of a row in which nothing required is null; Liquibase writes no other. */
  private static HistoryEntry entry(List<@Nullable String> values) {
    String id = required(values, 0);
    ChangesetKey key = new ChangesetKey(required(values, 2), id, required(values, 1));
    String type = required(values, 5);
    return new HistoryEntry(
        key.toString(),
        id,
        key.path(),
        outcome(type),
        "RERAN".equals(type),
        values.get(3),
        values.get(6),
        values.get(7));
  }

  private static String required(List<@Nullable String> values, int column) {
    return Objects.requireNonNull(values.get(column));
  }

  /**
   * Liquibase's {@code ChangeSet.ExecType}: what is not one of the first three is not in effect.
   */
  private static Outcome outcome(String type) {
    return switch (type) {
      case "EXECUTED", "RERAN", "MARK_RAN" -> Outcome.APPLIED;
      case "FAILED" -> Outcome.FAILED;
      default -> Outcome.SKIPPED;
    };
  }
}
