// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.tool.HistoryBatch.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The statements that read many tables of one tool at once. Used by one thread. */
final class HistoryStatement {

  private static final String DIGEST = "schema_guard_digest";

  private final DatabaseSession session;
  private final MigrationTool tool;
  private final List<String> columns = new ArrayList<>();
  private final List<String> selected;

  /**
   * Creates the statements for the database of a session.
   *
   * @throws SQLException if the connection broke
   */
  HistoryStatement(DatabaseSession session, MigrationTool tool) throws SQLException {
    this.session = session;
    this.tool = tool;
    for (String column : tool.columns()) {
      columns.add(tool.spelt(session, column));
    }
    selected = tool.selected(columns);
  }

  /** Returns whether the database can compute digests of this tool's histories. */
  boolean hasDigests() {
    return digest() != null;
  }

  /** Returns the position, from 1, of the table's number in {@link #rows}. */
  int numberOfTable() {
    return selected.size() + 1;
  }

  /**
   * Returns the statement that reads all rows, each with the number of its table and, if requested,
   * the digest of that table's rows after it. One statement sees one state of a table, so the
   * digest is that of these rows.
   */
  String rows(List<Table> some, boolean withDigest) {
    StringJoiner order = new StringJoiner(", ", " ORDER BY ", "");
    order.add(String.valueOf(numberOfTable()));
    for (int column : tool.order()) {
      order.add(String.valueOf(column + 1));
    }
    StringJoiner sql = new StringJoiner(" UNION ALL ", "", order.toString());
    for (int i = 0; i < some.size(); i++) {
      StringBuilder part = new StringBuilder("SELECT ");
      part.append(String.join(", ", selected)).append(", ").append(i);
      if (withDigest) {
        part.append(", ").append(DIGEST);
      }
      part.append(" FROM ").append(qualified(some.get(i)));
      if (withDigest) {
        part.append(", (SELECT ").append(Objects.requireNonNull(digest()));
        part.append(" AS ").append(DIGEST).append(" FROM ").append(qualified(some.get(i)));
        part.append(tool.whereClause()).append(") digest");
      }
      sql.add(part.append(tool.whereClause()));
    }
    return sql.toString();
  }

  /** Returns the statement that reads the number of each table and the digest of its rows. */
  String digests(List<Table> some) {
    String digest = Objects.requireNonNull(digest());
    StringJoiner sql = new StringJoiner(" UNION ALL ");
    for (int i = 0; i < some.size(); i++) {
      sql.add(
          ("SELECT " + i + ", " + digest + " FROM ") + qualified(some.get(i)) + tool.whereClause());
    }
    return sql.toString();
  }

  /** Returns the digest of everything that is read; of the time, only whether there is one. */
  private @Nullable String digest() {
    int time = tool.timeColumn();
    if (time < 0) {
      return null;
    }
    List<String> values = new ArrayList<>(selected);
    values.set(time, "(" + columns.get(time) + ") IS NULL");
    List<String> order = new ArrayList<>();
    for (int column : tool.order()) {
      order.add(columns.get(column));
    }
    return session.dialect().rowsDigest(values, order);
  }

  private String qualified(Table table) {
    return session.qualified(table.schema(), table.name());
  }
}
