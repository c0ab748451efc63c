// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Returns a borrowed connection to its pool. */
public final class ReturnedConnection {

  private ReturnedConnection() {}

  /**
   * Leaves the transaction and closes the connection.
   *
   * @param session the session that was read from; null if reading has not begun
   * @return what went wrong, which no longer affects any check result; null if nothing did
   */
  public static @Nullable Throwable giveBack(
      Connection borrowed, @Nullable DatabaseSession session) {
    Throwable failure = null;
    try {
      if (session != null) {
        session.leave();
      }
    } catch (SQLException | RuntimeException | Error e) {
      // A connection that cannot even roll back is broken. It can only be closed.
      failure = e;
    }
    try {
      borrowed.close();
    } catch (SQLException | RuntimeException | Error e) {
      Throwable closed = closeAgain(borrowed, e);
      return failure == null ? closed : failure;
    }
    return failure;
  }

  /**
   * Closes the connection again after a rollback. Derby and DB2 do not close a connection whose
   * transaction has not ended.
   */
  private static Throwable closeAgain(Connection borrowed, Throwable refusal) {
    try {
      if (!borrowed.getAutoCommit()) {
        borrowed.rollback();
        borrowed.close();
      }
    } catch (SQLException | RuntimeException | Error e) {
      DatabaseSession.suppress(refusal, e);
    }
    return refusal;
  }
}
