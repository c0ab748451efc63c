// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.matrix.Credentials;
import dev.schemaguard.matrix.VisibleText;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database meant when it refused, told by SQLState and vendor code and never by a sentence.
 * The codes are those of the SQL standard, of PostgreSQL's appendix A, H2's {@code
 * org.h2.api.ErrorCode}, MariaDB's error code list, Derby's {@code
 * org.apache.derby.shared.common.reference.SQLState} and HSQLDB's {@code
 * org.hsqldb.error.ErrorCode}.
 *
 * @param state the SQLState; empty where the driver gave none
 * @param code the vendor's code
 */
public record SqlFailure(String state, int code, boolean driverSaysConnection) {

  /** H2 tells with 42S03 that there are similar names, with 42S04 that there is no table at all. */
  private static final Set<String> UNDEFINED_TABLE = Set.of("42S02", "42S03", "42S04", "42P01");

  private static final Set<Integer> H2_NO_RIGHT = Set.of(90096);

  /** 42501 of PostgreSQL; the others, of a table and of a column, of Derby. */
  private static final Set<String> NO_RIGHT = Set.of("42501", "42500", "42502");

  /** Said with 42501, and means that the object is not there as well as that there is no right. */
  private static final int HSQLDB_NOT_FOUND = -5501;

  private static final Set<Integer> MARIADB_DENIED = Set.of(1044, 1142, 1143, 1370);

  /** The meaning of {@code failure}. */
  public static SqlFailure of(SQLException failure) {
    String state = failure.getSQLState();
    return new SqlFailure(
        state == null ? "" : state,
        failure.getErrorCode(),
        failure instanceof SQLRecoverableException
            || failure instanceof SQLNonTransientConnectionException);
  }

  /** A statement or a wait for a lock that the role's, the database's or the pool's limit ended. */
  private static final Set<String> TIMEOUT_STATES =
      Set.of("55P03", "57014", "40XL1", "40XL2", "HYT00", "70100");

  /** H2's LOCK_TIMEOUT_1 and STATEMENT_WAS_CANCELED; MariaDB's and MySQL's likewise. */
  private static final Set<Integer> TIMEOUT_CODES = Set.of(50200, 57014, 1205, 1969, 3024);

  /** Whether a limit of time ended the statement, which says nothing of the table. */
  public boolean isTimeout() {
    return TIMEOUT_STATES.contains(state) || TIMEOUT_CODES.contains(code);
  }

  /** Whether the connection is gone: class 08, or PostgreSQL's server shutting down. */
  public boolean isConnectionLoss() {
    return driverSaysConnection || state.startsWith("08") || state.startsWith("57P");
  }

  /** Whether a failure to connect means that the database refused the login to this role. */
  public boolean isLoginRefused() {
    return state.startsWith("28") || isPermission();
  }

  /** Whether the database says that there is no such table. */
  boolean isUndefinedTable() {
    return UNDEFINED_TABLE.contains(state);
  }

  /** Whether the role lacks a right. */
  boolean isPermission() {
    return (NO_RIGHT.contains(state) && code != HSQLDB_NOT_FOUND)
        || H2_NO_RIGHT.contains(code)
        || MARIADB_DENIED.contains(code);
  }

  /**
   * What a failure says in words: the deepest SQLException in it, for a pool wraps the driver's;
   * and what lies below that, where a driver does not repeat it, such as a host that is not known.
   * Without an SQLException, the deepest cause that says anything; else the type. Never with
   * credentials, which drivers quote with the URL.
   */
  public static String message(Throwable failure) {
    String message = null;
    boolean fromDatabase = false;
    String type = failure.getClass().getName();
    Throwable root = failure;
    int depth = 0;
    for (Throwable at = failure; at != null && depth < 20; at = at.getCause(), depth++) {
      root = at;
      boolean sql = at instanceof SQLException;
      if (sql || !fromDatabase) {
        type = at.getClass().getName();
        message = said(at) == null ? message : said(at);
        fromDatabase |= sql;
      }
    }
    String text = message == null ? type : message;
    String reason = said(root);
    return withoutCredentials(
        root instanceof SQLException || reason == null || text.contains(reason)
            ? text
            : text + " (" + root.getClass().getSimpleName() + ": " + reason + ")");
  }

  /** Returns a text without what looks like a password or like the user's part of a URL. */
  public static String withoutCredentials(String text) {
    return Credentials.removedFrom(text);
  }

  /** A failure's own message: not blank, and not one that a constructor made of the cause. */
  private static @Nullable String said(Throwable failure) {
    // An error's message is often no more than a name, such as that of a class that is missing.
    String message = failure instanceof Error ? failure.toString() : failure.getMessage();
    Throwable cause = failure.getCause();
    return message == null
            || message.isBlank()
            || (cause != null && message.equals(cause.toString()))
        ? null
        : VisibleText.sentence(message);
  }
}
