// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.text.Credentials;
import dev.schemaguard.text.VisibleText;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of an error that a database reported, determined by SQLState and vendor code and
 * never by a message.
 *
 * @param kind what it means on that product
 * @param state the SQLState; empty if the driver gave none
 * @param driverSaysConnection whether the driver says by the exception's type that the connection
 *     is lost
 */
public record SqlFailure(Kind kind, String state, boolean driverSaysConnection) {

  /** What the failure of a statement means. */
  public enum Kind {
    /** The table does not exist. */
    UNDEFINED_TABLE,
    /** The table does not exist, or the role lacks a privilege on it. */
    UNDEFINED_OR_HIDDEN,
    /** The role lacks a privilege. */
    NO_PRIVILEGE,
    /** A time limit of the role, the database or the pool ended the statement. */
    TIMEOUT,
    /** The server cancelled the statement in favor of another one; it may succeed the next time. */
    CANCELLED,
    /** The server has ended the connection. */
    CONNECTION_LOST,
    /** Anything else. */
    OTHER
  }

  /** Returns the meaning of {@code failure} on a product. */
  public static SqlFailure of(SQLException failure, Dialect dialect) {
    String state = state(failure);
    return new SqlFailure(
        dialect.kind(state, failure.getErrorCode()),
        state,
        failure instanceof SQLRecoverableException
            || failure instanceof SQLNonTransientConnectionException);
  }

  /** Returns the SQLState; empty if the driver gave none. */
  static String state(SQLException failure) {
    String state = failure.getSQLState();
    return state == null ? "" : state;
  }

  /** Returns whether a time limit ended the statement. */
  public boolean isTimeout() {
    return kind == Kind.TIMEOUT;
  }

  /**
   * Returns whether the statement was ended before its result, which means nothing for the table.
   */
  public boolean isWithoutResult() {
    return kind == Kind.TIMEOUT || kind == Kind.CANCELLED;
  }

  /** Returns whether the connection is lost. */
  public boolean isConnectionLoss() {
    return driverSaysConnection || state.startsWith("08") || kind == Kind.CONNECTION_LOST;
  }

  /** Returns whether the database reports that the table does not exist. */
  public boolean isUndefinedTable() {
    return kind == Kind.UNDEFINED_TABLE;
  }

  /** Returns whether the role lacks a privilege. */
  public boolean isPermission() {
    return kind == Kind.NO_PRIVILEGE;
  }

  /** Returns whether the role lacks a privilege on a table that is known to exist. */
  public boolean isPermissionOnExisting() {
    return kind == Kind.NO_PRIVILEGE || kind == Kind.UNDEFINED_OR_HIDDEN;
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
