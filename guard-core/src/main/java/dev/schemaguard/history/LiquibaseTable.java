// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.matrix.ChangesetKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The format of Liquibase's {@code DATABASECHANGELOG}. */
final class LiquibaseTable implements TableFormat {

  private static final String TABLE = "DATABASECHANGELOG";

  /**
   * The path of the rows that Liquibase writes for its own use: {@code liquibase tag} on an empty
   * table inserts a row that carries the tag ({@code TagCommandStep} in liquibase-core 4.33).
   */
  private static final String INTERNAL = "liquibase-internal";

  private static final List<String> REQUIRED =
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
  public String spelt(ReadSession session, String column) {
    return column;
  }

  @Override
  public List<Integer> order() {
    return List.of(COLUMNS.indexOf("DATEEXECUTED"), COLUMNS.indexOf("ORDEREXECUTED"));
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
  public Optional<String> unseen(
      ReadSession session, String qualifiedTable, List<String> columns, Rows rows)
      throws SQLException {
    String path = ((Changesets) rows).packagedPath;
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
    return "Find out who wrote the row, for Liquibase does not; complete or delete it.";
  }

  /**
   * Interprets the rows. Many rows are read at every start, so each column is read as rarely as
   * possible.
   */
  private static final class Changesets implements Rows {

    private final List<HistoryEntry> entries = new ArrayList<>();
    private final LiquibaseChangeToken token = new LiquibaseChangeToken();

    /**
     * The values of the previous row. Most rows have the same path, author and type as the row
     * before.
     */
    private String file = "";

    private String path = "";
    private String keyStart = ChangesetKey.start("");
    private String author = "";
    private String keyEnd = ChangesetKey.end("");
    private String type = "";
    private Outcome outcome = Outcome.SKIPPED;
    private @Nullable String packagedPath;

    @Override
    public Optional<String> add(ResultSet row) throws SQLException {
      String id = row.getString(1);
      String by = row.getString(2);
      String in = row.getString(3);
      String date = row.getString(4);
      boolean unordered = row.getString(5) == null;
      String how = row.getString(6);
      if (id == null || by == null || in == null || date == null || unordered || how == null) {
        return Optional.of("has no " + missing(id, by, in, date, unordered));
      }
      remember(in, by, how);
      HistoryEntry entry =
          new HistoryEntry(
              keyStart.concat(id).concat(keyEnd),
              id,
              path,
              outcome,
              "RERAN".equals(how),
              date,
              row.getString(7),
              row.getString(8));
      token.add(entry);
      if (!path.equals(INTERNAL)) {
        entries.add(entry);
      }
      return Optional.empty();
    }

    private void remember(String in, String by, String how) {
      if (!in.equals(file)) {
        file = in;
        path = ChangesetKey.normalize(in);
        if (PackagedPaths.isPackaged(in)) {
          packagedPath = in;
        }
        keyStart = ChangesetKey.start(path);
      }
      if (!by.equals(author)) {
        author = by;
        keyEnd = ChangesetKey.end(by);
      }
      if (!how.equals(type)) {
        type = how;
        outcome = LiquibaseTable.outcome(how);
      }
    }

    private static String missing(
        @Nullable String id,
        @Nullable String author,
        @Nullable String file,
        @Nullable String date,
        boolean unordered) {
      int column =
          id == null
              ? 0
              : author == null ? 1 : file == null ? 2 : date == null ? 3 : unordered ? 4 : 5;
      return REQUIRED.get(column);
    }

    @Override
    public boolean areUnusual() {
      return packagedPath != null;
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

  /**
   * Returns the outcome for Liquibase's {@code ChangeSet.ExecType}. Only the first three types are
   * in effect.
   */
  private static Outcome outcome(String type) {
    return switch (type) {
      case "EXECUTED", "RERAN", "MARK_RAN" -> Outcome.APPLIED;
      case "FAILED" -> Outcome.FAILED;
      default -> Outcome.SKIPPED;
    };
  }
}
