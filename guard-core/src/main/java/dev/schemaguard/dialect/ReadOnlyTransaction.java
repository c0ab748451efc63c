// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in which the server refuses writes, around a query that was not written by this
 * library. It is set by the transaction's own command, so that no setting of the connection
 * changes.
 *
 * @param lent the transaction of a connection without auto-commit; null if the connection has
 *     auto-commit
 */
record ReadOnlyTransaction(DatabaseSession session, @Nullable LentTransaction lent) {

  void begin() throws SQLException {
    Dialect dialect = session.dialect();
    String command =
        lent == null ? dialect.beginReadOnly() : dialect.continueReadOnly(lent.isBegunByReading());
    if (command != null) {
      if (lent != null) {
        lent.recover();
      }
      execute(command);
    }
  }

  /** Ends the transaction, also after a query that failed. */
  void end() throws SQLException {
    if (lent != null) {
      lent.recover();
    } else if (session.dialect().beginReadOnly() != null) {
      execute("ROLLBACK");
    }
  }

  private void execute(String command) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(session.dialect().sent(command));
    }
  }
}
