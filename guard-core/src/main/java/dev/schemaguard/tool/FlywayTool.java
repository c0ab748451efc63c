// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static dev.schemaguard.preflight.Rollback.word;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.Dialect;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.status.MigrationLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The format of Flyway's {@code flyway_schema_history}. Flyway quotes its table and columns ({@code
 * JdbcTableSchemaHistory} and the {@code getRawCreateScript} of each database in flyway-core 11).
 */
public final class FlywayTool implements MigrationTool {

  /** The tool's name. */
  public static final String NAME = "flyway";

  /** Numbers separated by dots or underscores. */
  public static final Numbering NUMBERING =
      new Numbering("Flyway", false, "1.2 for V1_2__add_x.sql", "1, 001 and 1.0");

  static final ToolAdvice ADVICE =
      new ToolAdvice(
          ToolAdvice.MIGRATE + " (flyway migrate)",
          "delete its row from %s (flyway repair), so that Flyway runs it again (flyway migrate)",
          "skipped this: compare its locations, target and outOfOrder with what the chain holds",
          List.of(
              "if a migration job ran already, read its log: Flyway records no failure that the"
                  + " database rolled back"),
          List.of(
              "if Flyway left it out because later ones are applied, let it catch up once with"
                  + " outOfOrder=true"),
          "",
          " (flyway migrate itself removes a lock row that was not renewed for 10 minutes)",
          "record those alone (flyway baseline -baselineVersion=V)",
          "%s records no versioned migration",
          "if %1$s recorded without being run (baseline, skipExecutingMigrations, repair), bring the"
              + " effects with a new migration that also runs where they exist: Flyway runs no"
              + " recorded version again");

  /**
   * An underscore that Flyway records as a blank, except one that would split the version of a
   * marker.
   */
  private static final Pattern BLANK = Pattern.compile("(?<!\\d)_|_(?!\\d)");

  /** The name of the table up to version 4. */
  private static final String FORMER_TABLE = "schema_version";

  static final String TABLE = "flyway_schema_history";

  private static final List<String> REQUIRED =
      List.of("installed_rank", "version", "type", "success");

  private static final Set<String> SHAPE =
      Set.of("version", "description", "type", "script", "installed_by", "installed_on");

  private static final List<String> COLUMNS =
      List.of(
          "installed_rank", "version", "type", "success", "description", "script", "installed_on");

  @Override
  public boolean recordsComments() {
    return true;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Returns the description. It is in the file name, which is an alias of the line. */
  @Override
  public @Nullable String commentOf(Revision revision) {
    String version = revision.name() + "_";
    for (String alias : revision.aliases()) {
      if (alias.startsWith(version)) {
        return BLANK.matcher(alias.substring(version.length())).replaceAll(" ");
      }
    }
    return null;
  }

  @Override
  public Numbering numbering() {
    return NUMBERING;
  }

  @Override
  public Optional<MigrationLock> lock(
      DatabaseSession session, HistoryLocation location, @Nullable HistoryPlace history)
      throws SQLException {
    if (history == null) {
      return Optional.empty();
    }
    MigrationLock advisory = FlywayLock.look(session, history).lock();
    return advisory != null ? Optional.of(advisory) : FlywayLockRow.look(session, history);
  }

  /** Returns the command that undoes until it meets a version below the target (Flyway 11). */
  public static List<String> undo(HistoryPlace place, String target) {
    CommandOptions options = new CommandOptions(place);
    return List.of(
        NAME
            + " undo -target="
            + word(target)
            + options.schema("-defaultSchema=")
            + options.table(TABLE, "-table="));
  }

  /**
   * Returns the command that applies everything up to a version (Flyway 11).
   *
   * @param target the version; null to apply everything
   */
  public static List<String> migrate(HistoryPlace place, @Nullable String target) {
    CommandOptions options = new CommandOptions(place);
    return List.of(
        NAME
            + " migrate"
            + (target == null ? "" : " -target=" + word(target))
            + options.schema("-defaultSchema=")
            + options.table(TABLE, "-table="));
  }

  @Override
  public ToolAdvice advice() {
    return ADVICE;
  }

  @Override
  public String table(DatabaseSession session, @Nullable String configured) {
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

  /** Returns true for the table of version 4 and below as well. */
  @Override
  public boolean fits(String table, Set<String> columns) {
    return columns.containsAll(SHAPE);
  }

  @Override
  public Optional<String> noteOnName(String table) {
    return table.equalsIgnoreCase(FORMER_TABLE)
        ? Optional.of("Flyway's table had this name up to version 4")
        : Optional.empty();
  }

  @Override
  public String spelt(DatabaseSession session, String column) {
    return session.quoted(column);
  }

  @Override
  public int timeColumn() {
    return COLUMNS.indexOf("installed_on");
  }

  @Override
  public List<Integer> order() {
    return List.of(COLUMNS.indexOf("installed_rank"));
  }

  /**
   * Compares the success column explicitly, because HSQLDB's booleans are bits, which are not
   * conditions by themselves. Counts by SUM, because MySQL 8.0.15 counts every row in {@code
   * COUNT(CASE WHEN … THEN 1 END)}.
   */
  @Override
  public String tokenSql(Dialect dialect, String qualifiedTable, List<String> columns) {
    return "SELECT COUNT(*), SUM(CASE WHEN "
        + columns.get(COLUMNS.indexOf("success"))
        + (" = "
            + dialect.trueLiteral()
            + " THEN 1 ELSE 0 END), MAX("
            + rank(columns)
            + ") FROM "
            + qualifiedTable);
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
