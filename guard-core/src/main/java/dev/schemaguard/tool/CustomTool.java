// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.Dialect;
import dev.schemaguard.dialect.SqlFailure;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.Tool;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A tool that this library does not know, whose history table settings describe. It is unknown
 * which lock it takes.
 */
final class CustomTool implements MigrationTool {

  static final ToolAdvice ADVICE =
      new ToolAdvice(
          ToolAdvice.MIGRATE,
          "record it as not applied in %s with your migration tool, so that it runs it again",
          "skipped this: compare the migrations that it was given with what the chain holds",
          List.of(),
          List.of(),
          "",
          "",
          ToolAdvice.ADOPT,
          "%s records no applied migration",
          ToolAdvice.CATCH_UP);

  /**
   * The time during which a row that looks like a failed migration may belong to one that is still
   * running, because the row may be written before its migration runs.
   */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final CustomHistoryTable settings;
  private final List<String> columns;

  CustomTool(CustomHistoryTable settings) {
    this.settings = settings;
    List<String> all = new ArrayList<>(settings.revisionColumns());
    if (settings.orderColumn() != null) {
      all.add(settings.orderColumn());
    }
    this.columns = List.copyOf(all);
  }

  @Override
  public String name() {
    return Tool.TABLE.toString();
  }

  @Override
  public boolean hasChangesets() {
    return true;
  }

  @Override
  public Recording recording() {
    return settings.holdsNewest() ? Recording.NEWEST_VERSION : Recording.EVERY_MIGRATION;
  }

  @Override
  public Duration grace() {
    return settings.failedWhen() == null ? Duration.ZERO : GRACE;
  }

  @Override
  public ToolAdvice advice() {
    return ADVICE;
  }

  @Override
  public String table(DatabaseSession session, @Nullable String configured) throws SQLException {
    return folded(session, settings.table());
  }

  /**
   * Returns the name of a table or column as the database stores it. A name with a capital letter
   * is kept as it is; a name without one was most likely created unquoted.
   */
  private static String folded(DatabaseSession session, String name) throws SQLException {
    return name.equals(name.toLowerCase(Locale.ROOT)) ? session.folded(name) : name;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<String> required() {
    return columns;
  }

  /** Returns false, because tables of other tools may have the same name. */
  @Override
  public boolean isNamedByTable() {
    return false;
  }

  @Override
  public String rarestColumn() {
    return columns.get(0).toLowerCase(Locale.ROOT);
  }

  /**
   * Returns whether the columns are present and the name is similar. The columns alone are not
   * enough to identify the table.
   */
  @Override
  public boolean fits(String table, Set<String> present) {
    for (String column : columns) {
      if (!present.contains(column.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return SimilarNames.areSimilar(table, settings.table());
  }

  /** Returns false, because it is unknown how the tool spells the name in its own statements. */
  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public String spelt(DatabaseSession session, String column) throws SQLException {
    return session.quoted(folded(session, column));
  }

  @Override
  public List<String> selected(List<String> spelt) {
    List<String> selected = new ArrayList<>(spelt);
    selected.add(flag(settings.appliedWhen(), "1"));
    selected.add(flag(settings.failedWhen(), "0"));
    return selected;
  }

  @Override
  public List<Integer> order() {
    int last = columns.size() - 1;
    return settings.orderColumn() == null
        ? IntStream.rangeClosed(0, last).boxed().toList()
        : List.of(last);
  }

  @Override
  public @Nullable String rowsWhere() {
    return settings.rowsWhere();
  }

  private static String flag(@Nullable String condition, String otherwise) {
    return condition == null ? otherwise : "CASE WHEN (" + condition + ") THEN 1 ELSE 0 END";
  }

  /** Selects all rows. Such tables are small, and an undo or a repair may change any row. */
  @Override
  public String tokenSql(Dialect dialect, String qualifiedTable, List<String> spelt) {
    return historySql(qualifiedTable, spelt);
  }

  @Override
  public String token(ResultSet row) throws SQLException {
    return CustomTableRows.token(row, columns.size() + 2);
  }

  @Override
  public Rows rows() {
    return new CustomTableRows(settings);
  }

  @Override
  public Optional<Unreadable> refusal(
      DatabaseSession session, HistoryPlace place, String qualifiedTable) throws SQLException {
    Optional<Unreadable> refusal =
        refusal(session, place, qualifiedTable, "rows-where", settings.rowsWhere());
    if (refusal.isEmpty()) {
      refusal = refusal(session, place, qualifiedTable, "applied-when", settings.appliedWhen());
    }
    return refusal.isPresent()
        ? refusal
        : refusal(session, place, qualifiedTable, "failed-when", settings.failedWhen());
  }

  private static Optional<Unreadable> refusal(
      DatabaseSession session,
      HistoryPlace place,
      String qualifiedTable,
      String setting,
      @Nullable String condition)
      throws SQLException {
    if (condition == null) {
      return Optional.empty();
    }
    String sql = "SELECT COUNT(" + flag(condition, "0") + ") FROM " + qualifiedTable;
    try {
      session.query(sql, List.of(), row -> row.getLong(1));
      return Optional.empty();
    } catch (SQLException e) {
      session.recoverFrom(e);
      return session.meaning(e).isPermission()
          ? Optional.empty()
          : Optional.of(refused(place, setting, condition, e));
    }
  }

  private static Unreadable refused(
      HistoryPlace place, String setting, String condition, SQLException failure) {
    return new Unreadable(
        place,
        Cause.QUERY,
        "the database refused the condition "
            + (condition + " of the setting " + setting + ": " + SqlFailure.message(failure)),
        List.of(
            "Correct the setting "
                + setting
                + ": it is what may stand behind WHERE in a SELECT from "
                + place.table()
                + "."));
  }

  @Override
  public List<String> adviceOnColumns() {
    return List.of(
        "Correct the settings revision-column and order-column, or name the table that is meant:"
            + " the setting table.");
  }

  @Override
  public String adviceOnShape() {
    if (settings.holdsNewest()) {
      return "Say which row is this application's: the setting rows-where. Or leave rows-hold out if"
          + " the table has a row for each migration.";
    }
    return settings.orderColumn() == null
        ? "Name the column that tells which row is the later one: the setting order-column. Else"
            + " find out who wrote the row; correct or delete it."
        : "Find out who wrote the row; correct or delete it. Or name columns that every row fills:"
            + " the settings revision-column and order-column.";
  }
}
