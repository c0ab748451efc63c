// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static dev.schemaguard.preflight.Rollback.word;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.Dialect;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.status.MigrationLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The format of Liquibase's {@code DATABASECHANGELOG}. */
public final class LiquibaseTool implements MigrationTool {

  /** The tool's name. */
  public static final String NAME = "liquibase";

  static final ToolAdvice ADVICE =
      new ToolAdvice(
          ToolAdvice.MIGRATE,
          "delete its row from %s, so that Liquibase runs it again",
          "skipped this: compare its contexts, labels and changelog with those that the chain was"
              + " generated from",
          List.of(
              "if a migration job ran already, read its log: Liquibase records no failed changeset",
              "if Liquibase has none to run, its contexts or labels exclude them: generate the chain"
                  + " with the same filter (--contexts, --labels)"),
          List.of(),
          "",
          " (liquibase release-locks)",
          "record those alone (liquibase mark-next-changeset-ran for each; changelog-sync if it is"
              + " all)",
          "%s records no changeset",
          "if %1$s recorded without being run (changelog-sync, mark-next-changeset-ran, or MARK_RAN"
              + " because of a precondition, which has to be corrected first), delete that row from"
              + " %2$s, so that Liquibase runs it, and "
              + ToolAdvice.MIGRATE);

  private static final String TABLE = "DATABASECHANGELOG";

  /**
   * The path of the rows that Liquibase writes for its own use: {@code liquibase tag} on an empty
   * table inserts a row that carries the tag ({@code TagCommandStep} in liquibase-core 4.33).
   */
  static final String INTERNAL = "liquibase-internal";

  static final List<String> REQUIRED =
      List.of("ID", "AUTHOR", "FILENAME", "DATEEXECUTED", "ORDEREXECUTED", "EXECTYPE");

  private static final Set<String> SHAPE =
      Set.of("id", "author", "filename", "dateexecuted", "md5sum");

  /** The columns that are selected: the required ones first, in their order. */
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
  public boolean recordsComments() {
    return true;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String migrationTerm() {
    return "changeset";
  }

  @Override
  public boolean hasChangesets() {
    return true;
  }

  @Override
  public Optional<MigrationLock> lock(
      DatabaseSession session, HistoryLocation location, @Nullable HistoryPlace history)
      throws SQLException {
    Optional<MigrationLock> row = LiquibaseLock.read(session, location, history);
    return row.isPresent()
        ? row
        : Optional.ofNullable(LiquibaseSessionLock.look(session, location, history).lock());
  }

  @Override
  public List<String> tablesBesideHistory(HistoryLocation location) {
    return List.of(LiquibaseLock.table(location));
  }

  /**
   * Returns the commands that undo the last {@code count} recorded changesets, the dry run first
   * ({@code RollbackCountCommandStep} in liquibase-core 4.33).
   */
  public static List<String> rollback(HistoryPlace place, int count) {
    return withDryRun(place, "rollback-count", " --count=" + count);
  }

  /**
   * Returns the commands that undo what was recorded after the tag. A second run undoes nothing
   * more.
   */
  public static List<String> rollback(HistoryPlace place, String tag) {
    return withDryRun(place, "rollback", " --tag=" + word(tag));
  }

  /** Returns the command that applies everything that is pending. */
  public static List<String> update(HistoryPlace place) {
    return List.of(command(place, "update", ""));
  }

  /**
   * Returns the commands that apply the next {@code count} changesets, the dry run first ({@code
   * UpdateCountCommandStep} in liquibase-core 4.33). Changesets with {@code runAlways} count too.
   */
  public static List<String> update(HistoryPlace place, int count) {
    return withDryRun(place, "update-count", " --count=" + count);
  }

  /**
   * Returns the commands that apply everything up to the changeset that sets the tag ({@code
   * UpdateToTagCommandStep} in liquibase-core 4.33). A second run applies nothing more.
   */
  public static List<String> update(HistoryPlace place, String tag) {
    return withDryRun(place, "update-to-tag", " --tag=" + word(tag));
  }

  private static List<String> withDryRun(HistoryPlace place, String command, String target) {
    return List.of(command(place, command + "-sql", target), command(place, command, target));
  }

  private static String command(HistoryPlace place, String command, String target) {
    CommandOptions options = new CommandOptions(place);
    return NAME
        + options.table(TABLE, "--database-changelog-table-name=")
        + " "
        + command
        + " --changelog-file=CHANGELOG"
        + options.schema("--default-schema-name=")
        + target;
  }

  @Override
  public ToolAdvice advice() {
    return ADVICE;
  }

  @Override
  public String table(DatabaseSession session, @Nullable String configured) throws SQLException {
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
  public String rarestColumn() {
    return "dateexecuted";
  }

  /**
   * Returns true for the table of Liquibase 1 as well, which had neither ORDEREXECUTED nor
   * EXECTYPE.
   */
  @Override
  public boolean fits(String table, Set<String> columns) {
    return columns.containsAll(SHAPE);
  }

  @Override
  public String spelt(DatabaseSession session, String column) {
    return column;
  }

  @Override
  public List<Integer> order() {
    return List.of(COLUMNS.indexOf("DATEEXECUTED"), COLUMNS.indexOf("ORDEREXECUTED"));
  }

  /** Counts by SUM, as {@link FlywayTool#tokenSql} does. */
  @Override
  public String tokenSql(Dialect dialect, String qualifiedTable, List<String> columns) {
    return "SELECT COUNT(*), SUM(CASE WHEN "
        + columns.get(COLUMNS.indexOf("EXECTYPE"))
        + (" IN ('EXECUTED', 'RERAN', 'MARK_RAN') THEN 1 ELSE 0 END), MAX(" + date(columns))
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
    return new LiquibaseRows();
  }

  @Override
  public Optional<String> unseen(
      DatabaseSession session, String qualifiedTable, List<String> columns, Rows rows)
      throws SQLException {
    String path = ((LiquibaseRows) rows).packagedPath();
    return path == null
        ? Optional.empty()
        : PackagedPaths.unseen(session, qualifiedTable, path, order(columns));
  }

  private static List<String> order(List<String> columns) {
    return List.of(
        columns.get(COLUMNS.indexOf("DATEEXECUTED")),
        columns.get(COLUMNS.indexOf("ORDEREXECUTED")));
  }

  @Override
  public List<String> adviceOnColumns() {
    return List.of(
        "Name Liquibase's own table if this is another one of that name.",
        "Let Liquibase 2 or later run once, which adds the columns to a table of version 1.");
  }

  @Override
  public String adviceOnShape() {
    return "Find out who wrote the row, because Liquibase does not write such rows; complete or delete it.";
  }
}
