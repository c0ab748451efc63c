// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The comment on a table. */
final class TableComment {

  private TableComment() {}

  /**
   * Returns the comment that a SELECT returns; empty if there is none.
   *
   * @param sql selects the comment; its two parameters are the schema and the table
   */
  static Optional<String> read(
      DatabaseSession session, String sql, @Nullable String schema, String table)
      throws SQLException {
    for (Optional<String> comment :
        session.query(
            sql, Arrays.asList(schema, table), row -> Optional.ofNullable(row.getString(1)))) {
      return comment.filter(text -> !text.isEmpty());
    }
    return Optional.empty();
  }
}
