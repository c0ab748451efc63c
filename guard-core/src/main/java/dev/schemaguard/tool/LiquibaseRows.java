// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.matrix.ChangesetKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Interprets the rows of Liquibase's table. Many rows are read at every start, so each column is
 * read as rarely as possible.
 */
final class LiquibaseRows implements TableFormat.Rows {

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
    if (!path.equals(LiquibaseTool.INTERNAL)) {
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
      outcome = outcome(how);
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
    return LiquibaseTool.REQUIRED.get(column);
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

  /** Returns a path with the folder of an archive in it; null if there is none. */
  @Nullable String packagedPath() {
    return packagedPath;
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
