// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;

/**
 * The reason why there is no usable connection, from the codes of the server, the driver or the
 * pool. Each {@link Dialect} knows the codes of its product. A message is read only if the code
 * says nothing ({@link PoolerError}).
 */
public enum Refusal {
  /** No response is known: the server cannot be reached. */
  NONE,
  /** The user, password, host or encryption does not meet the server's requirements. */
  LOGIN,
  /** The database does not exist on the server. */
  DATABASE,
  /** The server, the role or the pool has no connection left. */
  CONNECTIONS,
  /** The server is starting up or shutting down. */
  STARTING,
  /** The server or pooler does not know a parameter of the connection. */
  PARAMETER,
  /** A pooler allows no transactions. */
  NO_TRANSACTIONS,
  /** A pooler answered, and cannot connect to its server. */
  BEHIND_POOLER,
  /** None of the hosts in the URL has the role that the URL asks for. */
  HOST_ROLE,
  /** A time limit of the server or the pooler ended the connection. */
  LIMIT,
  /** The server cancelled the statement in favor of another one. */
  CANCELLED,
  /** Another process has the database's file open or locked. */
  LOCKED,
  /** The database's file was written by another version of the database. */
  VERSION,
  /** The database's file cannot be opened. */
  FILE,
  /** The server responded and refused for another reason. */
  OTHER,
  /** The DataSource or the driver failed in its own code, without a response from a server. */
  DATA_SOURCE;

  private static final int DEPTH = 20;

  /**
   * Returns why {@code failure} did not give a connection, or broke one: the deepest known reason.
   */
  public static Refusal of(Throwable failure) {
    Refusal refusal = NONE;
    boolean onTheWay = false;
    Throwable at = failure;
    for (int depth = 0; at != null && depth < DEPTH; depth++) {
      if (at instanceof SQLException sql) {
        Refusal own = ofOne(sql);
        refusal = own == NONE || (own == OTHER && refusal != NONE) ? refusal : own;
      }
      onTheWay |= isOnTheWay(at);
      at = at.getCause();
    }
    return onTheWay ? refusal : DATA_SOURCE;
  }

  /**
   * Returns whether this is a failure of a driver, a pool or the network while connecting to a
   * server, or an error that the server reported.
   */
  private static boolean isOnTheWay(Throwable failure) {
    return failure instanceof SQLException
        || failure instanceof IOException
        || failure instanceof TimeoutException
        || failure instanceof UnresolvedAddressException;
  }

  private static Refusal ofOne(SQLException failure) {
    String state = SqlFailure.state(failure);
    if (state.isEmpty() && isExhaustedPool(failure)) {
      return CONNECTIONS;
    }
    Refusal known = Dialects.refusal(failure);
    if (known != null) {
      return known;
    }
    // Class 28 is a refused login, class 08 the connection to the server, and HY is often a
    // driver's
    // own.
    if (state.startsWith("28") || state.equals("08004")) {
      return LOGIN;
    }
    boolean ofDriver = state.startsWith("HY") && failure.getErrorCode() <= 0;
    return state.isEmpty() || state.startsWith("08") || ofDriver ? NONE : OTHER;
  }

  /**
   * Returns whether a pool is exhausted: HikariCP, Tomcat's pool or Commons DBCP, if a failure of
   * the driver is not the cause.
   */
  private static boolean isExhaustedPool(SQLException failure) {
    Throwable cause = failure.getCause();
    return !(cause instanceof SQLException)
        && (failure instanceof SQLTransientConnectionException
            || failure.getClass().getSimpleName().equals("PoolExhaustedException")
            || cause instanceof NoSuchElementException);
  }
}
