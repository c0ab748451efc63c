// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in which the server refuses writes, around a query that was not written by this
 * library. It is set by the transaction's own command, so that no setting of the connection
 * changes.
 */
final class ReadOnlyTransaction {

  private ReadOnlyTransaction() {}

  /**
   * Begins a read-only transaction.
   *
   * @param lent the transaction of a connection without auto-commit; null if the connection has
   *     auto-commit
   */
  static void begin(ReadSession session, @Nullable LentTransaction lent) throws SQLException {
    DatabaseProduct product = session.product();
    if (lent != null) {
      // Inside the application's transaction, MySQL would commit that transaction.
      if (product.isPostgres()) {
        lent.recover();
        execute(session, "SET TRANSACTION READ ONLY");
      } else if (product.keepsSchemasAsCatalogs() && lent.isBegunByReading()) {
        lent.recover();
        execute(session, "START TRANSACTION READ ONLY");
      }
    } else if (product.isPostgres()) {
      execute(session, "BEGIN READ ONLY");
    } else if (product.keepsSchemasAsCatalogs()) {
      execute(session, "START TRANSACTION READ ONLY");
    }
  }

  /** Ends the transaction, also after a query that failed. */
  static void end(ReadSession session, @Nullable LentTransaction lent) throws SQLException {
    DatabaseProduct product = session.product();
    if (lent != null) {
      lent.recover();
    } else if (product.isPostgres() || product.keepsSchemasAsCatalogs()) {
      execute(session, "ROLLBACK");
    }
  }

  private static void execute(ReadSession session, String command) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(session.unnamed(command));
    }
  }
}
