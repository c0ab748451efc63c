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
 * The meaning of an error that a database reported, determined by SQLState and vendor code and
 * never by a message. The codes are those of the SQL standard, of PostgreSQL's appendix A, H2's
 * {@code org.h2.api.ErrorCode}, MariaDB's error code list, Derby's {@code
 * org.apache.derby.shared.common.reference.SQLState} and HSQLDB's {@code
 * org.hsqldb.error.ErrorCode}.
 *
 * @param state the SQLState; empty if the driver gave none
 * @param code the vendor's code
 */
public record SqlFailure(String state, int code, boolean driverSaysConnection) {

  /** H2 uses 42S03 if there are similar names, and 42S04 if there is no table at all. */
  private static final Set<String> UNDEFINED_TABLE = Set.of("42S02", "42S03", "42S04", "42P01");

  private static final Set<Integer> H2_NO_RIGHT = Set.of(90096);

  /** 42501 is PostgreSQL's; the others are Derby's, for a table and for a column. */
  private static final Set<String> NO_RIGHT = Set.of("42501", "42500", "42502");

  /**
   * The code that HSQLDB reports with 42501. It means either that the object does not exist or that
   * the right is missing.
   */
  private static final int HSQLDB_NOT_FOUND = -5501;

  private static final Set<Integer> MARIADB_DENIED = Set.of(1044, 1142, 1143, 1370);

  /** Returns the meaning of {@code failure}. */
  public static SqlFailure of(SQLException failure) {
    String state = failure.getSQLState();
    return new SqlFailure(
        state == null ? "" : state,
        failure.getErrorCode(),
        failure instanceof SQLRecoverableException
            || failure instanceof SQLNonTransientConnectionException);
  }

  /**
   * The states of a statement or a wait for a lock that was ended by a limit of the role, the
   * database or the pool.
   */
  private static final Set<String> TIMEOUT_STATES =
      Set.of("55P03", "57014", "40XL1", "40XL2", "HYT00", "70100");

  /** H2's LOCK_TIMEOUT_1 and STATEMENT_WAS_CANCELED, and the same errors of MariaDB and MySQL. */
  private static final Set<Integer> TIMEOUT_CODES = Set.of(50200, 57014, 1205, 1969, 3024);

  /** Returns whether a time limit ended the statement, which means nothing for the table. */
  public boolean isTimeout() {
    return TIMEOUT_STATES.contains(state) || TIMEOUT_CODES.contains(code);
  }

  /** Returns whether the connection is lost: class 08, or PostgreSQL's server is shutting down. */
  public boolean isConnectionLoss() {
    return driverSaysConnection || state.startsWith("08") || state.startsWith("57P");
  }

  /**
   * Returns whether a failure to connect means that the database refused the login to this role.
   */
  public boolean isLoginRefused() {
    return state.startsWith("28") || isPermission();
  }

  /** Returns whether the database reports that the table does not exist. */
  boolean isUndefinedTable() {
    return UNDEFINED_TABLE.contains(state);
  }

  /** Returns whether the role lacks a right. */
  boolean isPermission() {
    return (NO_RIGHT.contains(state) && code != HSQLDB_NOT_FOUND)
        || H2_NO_RIGHT.contains(code)
        || MARIADB_DENIED.contains(code);
  }

  /**
   * Returns the message of a failure: that of the deepest SQLException in it, because a pool wraps
   * the driver's. The message of its root cause is added if the driver does not repeat it, such as
   * an unknown host. Without an SQLException, it is the deepest cause with a message, else the
   * type. The result never contains credentials, which drivers quote with the URL.
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

  /** Returns a text without anything that looks like a password or like the user part of a URL. */
  public static String withoutCredentials(String text) {
    return Credentials.removedFrom(text);
  }

  /** Returns a failure's own message, or null if it is blank or was generated from the cause. */
  private static @Nullable String said(Throwable failure) {
    // The message of an Error is often only a name, such as that of a missing class.
    String message = failure instanceof Error ? failure.toString() : failure.getMessage();
    Throwable cause = failure.getCause();
    return message == null
            || message.isBlank()
            || (cause != null && message.equals(cause.toString()))
        ? null
        : VisibleText.sentence(message);
  }
}
