// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static dev.schemaguard.preflight.Rollback.word;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.Dialect;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The format of golang-migrate's {@code schema_migrations}: one row with the version and whether it
 * is dirty. It is dirty from before a migration begins until it has succeeded ({@code Migrate} and
 * the drivers {@code database/postgres} and {@code database/mysql} of golang-migrate v4, which
 * quote the table but not its columns).
 */
public final class GolangMigrateTool implements MigrationTool {

  /** One integer ({@code source.Regex} and {@code source.Migration} of golang-migrate v4). */
  public static final Numbering NUMBERING =
      new Numbering("golang-migrate", true, "7 for 000007_add_x.up.sql", "1 and 001");

  static final ToolAdvice ADVICE =
      new ToolAdvice(
          ToolAdvice.MIGRATE + " (migrate up)",
          "set the version that the database then has (migrate force V), and "
              + ToolAdvice.MIGRATE
              + " (migrate up)",
          "skipped this: compare its source and its target version with what the" + " chain holds",
          List.of(),
          List.of(),
          ", by migrate goto V",
          "",
          "record those alone (migrate force V)",
          "%s records no version",
          "if %1$s recorded without being run (migrate force), with all that follow, record the last"
              + " version that was run (migrate force V), and "
              + ToolAdvice.MIGRATE
              + " (migrate up)");

  static final String TABLE = "schema_migrations";

  private static final List<String> COLUMNS = List.of("version", "dirty");

  private static final Set<String> TRUE = Set.of("true", "t", "1");
  private static final Set<String> FALSE = Set.of("false", "f", "0");

  /** {@code database.NilVersion}: no migration is applied. */
  private static final long NO_VERSION = -1;

  /** The tool's name. */
  public static final String NAME = "golang-migrate";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Recording recording() {
    return Recording.NEWEST_VERSION;
  }

  @Override
  public Numbering numbering() {
    return NUMBERING;
  }

  @Override
  public HistoryReader reader(HistoryLocation location, HistoryTable table) {
    return new GolangMigrateHistoryReader(location, this, table);
  }

  /**
   * Returns the command that migrates to a version (golang-migrate 4). Unlike a count, it does no
   * more if it is run twice by mistake.
   *
   * @param version the target; null to undo every version
   */
  public static String goTo(@Nullable String version) {
    return "migrate -path MIGRATIONS -database \"$DATABASE_URL\" "
        + (version == null ? "down -all" : "goto " + word(version));
  }

  /** Returns the command that applies everything (golang-migrate 4). */
  public static String up() {
    return "migrate -path MIGRATIONS -database \"$DATABASE_URL\" up";
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
    return COLUMNS;
  }

  /** Returns false, because tables of other tools may have the same name. */
  @Override
  public boolean isNamedByTable() {
    return false;
  }

  @Override
  public String rarestColumn() {
    return "dirty";
  }

  @Override
  public boolean fits(String table, Set<String> columns) {
    return columns.equals(Set.of("version", "dirty"));
  }

  @Override
  public String spelt(DatabaseSession session, String column) {
    return column;
  }

  @Override
  public List<Integer> order() {
    return List.of();
  }

  @Override
  public String tokenSql(Dialect dialect, String qualifiedTable, List<String> columns) {
    return historySql(qualifiedTable, columns);
  }

  @Override
  public String token(ResultSet row) throws SQLException {
    return token(row.getString(1), isTrue(row.getString(2)));
  }

  /**
   * Returns whether the column means true. SQLite has no booleans: its driver writes numbers, and
   * older releases wrote words.
   */
  private static boolean isTrue(@Nullable String dirty) {
    return dirty != null && TRUE.contains(dirty.toLowerCase(Locale.ROOT));
  }

  private static String token(@Nullable String version, boolean dirty) {
    return "at " + version + (dirty ? ", dirty" : "");
  }

  @Override
  public Rows rows() {
    return new Version();
  }

  @Override
  public List<String> adviceOnColumns() {
    return List.of(
        "Name the tool that migrates this application, if it is another one: Rails, dbmate and"
            + " others call their tables schema_migrations too, and their tool is table.",
        "Name golang-migrate's own table if this is another one of that name.");
  }

  @Override
  public String adviceOnShape() {
    return "Find out who wrote the row, because golang-migrate does not write such rows; then set the version that the"
        + " database has with migrate force.";
  }

  /** Returns an entry with the outcome of {@code version}. */
  static HistoryEntry entry(String version, Outcome outcome) {
    return new HistoryEntry(version, version, null, outcome, false, null, null, null);
  }

  /** Interprets the row: everything up to its version, then the outcome of that version itself. */
  private static final class Version implements Rows {

    private final List<HistoryEntry> entries = new ArrayList<>();
    private int rows;
    private String token = "";

    @Override
    public Optional<String> add(ResultSet row) throws SQLException {
      String text = row.getString(1);
      long version = row.getLong(1);
      String flag = row.getString(2);
      if (text == null || flag == null) {
        return Optional.of("has no " + (text == null ? "version" : "dirty"));
      }
      boolean dirty = isTrue(flag);
      if (!dirty && !FALSE.contains(flag.toLowerCase(Locale.ROOT))) {
        return Optional.of("is neither dirty nor not: '" + flag + "'");
      }
      if (version < NO_VERSION) {
        return Optional.of("has the version " + text + ", which is none");
      }
      rows++;
      if (rows > 1) {
        return Optional.of("is unexpected: golang-migrate keeps exactly one row");
      }
      token = GolangMigrateTool.token(text, dirty);
      if (version != NO_VERSION) {
        entries.add(entry(text, Outcome.BASELINE));
        entries.add(entry(text, dirty ? Outcome.FAILED : Outcome.APPLIED));
      } else if (dirty) {
        entries.add(entry(text, Outcome.FAILED));
      }
      return Optional.empty();
    }

    @Override
    public List<HistoryEntry> entries() {
      return entries;
    }

    @Override
    public String token() {
      return token;
    }
  }
}
