// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static dev.schemaguard.preflight.Rollback.word;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.Dialect;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The format of Alembic's {@code alembic_version}, which contains one row per head and nothing else
 * ({@code version_table_impl} in {@code alembic.ddl.impl} and {@code HeadMaintainer} in {@code
 * alembic.runtime.migration}, 1.14).
 */
public final class AlembicTool implements MigrationTool {

  /** The tool's name. */
  public static final String NAME = "alembic";

  static final ToolAdvice ADVICE =
      new ToolAdvice(
          ToolAdvice.MIGRATE + " (alembic upgrade heads)",
          "delete its row from %s, so that Alembic runs it again (alembic upgrade heads)",
          "skipped this: compare its version_locations and its target revision"
              + " with what the chain holds",
          List.of("if a migration job ran already, read its log: Alembic records no failure"),
          List.of(),
          ", by alembic downgrade",
          "",
          "record those alone (alembic stamp REVISION)",
          "%s is empty",
          "if %1$s recorded without being run (alembic stamp), with all that follow, record the last"
              + " revision that was run (alembic stamp REVISION), and "
              + ToolAdvice.MIGRATE
              + " (alembic upgrade heads)");

  private static final String TABLE = "alembic_version";
  private static final List<String> COLUMNS = List.of("version_num");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Recording recording() {
    return Recording.HEADS;
  }

  /** Returns the command that undoes what descends from the target (Alembic 1). */
  public static String downgrade(String target) {
    return NAME + " downgrade " + word(target);
  }

  /** Returns the command that only prints the SQL of that downgrade. */
  public static String downgradeDryRun(String head, String target) {
    return NAME + " downgrade " + word(head + ":" + target) + " --sql";
  }

  /** Returns the command that applies a revision and everything before it (Alembic 1). */
  public static String upgrade(String target) {
    return NAME + " upgrade " + word(target);
  }

  @Override
  public ToolAdvice advice() {
    return ADVICE;
  }

  /**
   * Returns the table's name as SQLAlchemy spells it: a name is quoted exactly if it contains a
   * capital letter or must be quoted anyway.
   */
  @Override
  public String table(DatabaseSession session, @Nullable String configured) throws SQLException {
    String name = configured == null ? TABLE : configured;
    return name.equals(name.toLowerCase(Locale.ROOT)) ? session.folded(name) : name;
  }

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public List<String> required() {
    return COLUMNS;
  }

  @Override
  public String rarestColumn() {
    return "version_num";
  }

  @Override
  public boolean fits(String table, Set<String> columns) {
    return columns.equals(Set.of("version_num"));
  }

  @Override
  public String spelt(DatabaseSession session, String column) {
    return column;
  }

  @Override
  public List<Integer> order() {
    return List.of(0);
  }

  /** Selects all heads, because there are few of them and their number does not identify them. */
  @Override
  public String tokenSql(Dialect dialect, String qualifiedTable, List<String> columns) {
    return historySql(qualifiedTable, columns);
  }

  @Override
  public String token(ResultSet row) throws SQLException {
    return row.getString(1);
  }

  @Override
  public Rows rows() {
    return new Heads();
  }

  @Override
  public List<String> adviceOnColumns() {
    return List.of("Name Alembic's own version table if this is another one of that name.");
  }

  @Override
  public String adviceOnShape() {
    return "Find out who wrote the row, because Alembic does not write such rows; delete it.";
  }

  private static final class Heads implements Rows {

    private final List<HistoryEntry> entries = new ArrayList<>();

    @Override
    public Optional<String> add(ResultSet row) throws SQLException {
      String version = row.getString(1);
      if (version == null || version.isBlank()) {
        return Optional.of("has no version_num");
      }
      entries.add(new HistoryEntry(version, version, null, Outcome.HEAD, false, null, null, null));
      return Optional.empty();
    }

    @Override
    public List<HistoryEntry> entries() {
      return entries;
    }

    @Override
    public String token() {
      List<String> heads = new ArrayList<>();
      for (HistoryEntry entry : entries) {
        heads.add(entry.name());
      }
      return String.join("\n", heads);
    }
  }
}
