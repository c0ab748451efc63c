// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import org.jspecify.annotations.Nullable;

/**
 * The reason why a database could not be queried.
 *
 * @param kind the kind of failure
 * @param message the message of the driver or the guard; without credentials
 * @param database user, host and database, for people; null if they are not known
 */
public record ConnectionFailure(Kind kind, String message, @Nullable String database) {

  /** Creates a failure to reach a database whose name is not known. */
  public ConnectionFailure(Kind kind, String message) {
    this(kind, message, null);
  }

  /** The kinds of failures on the way to a database. */
  public enum Kind {
    /** No connection could be made, or it was lost. */
    NO_CONNECTION,
    /** The database rejected user and password. */
    LOGIN,
    /** The server has no such database. */
    DATABASE,
    /** The server, role or pool has no connection left. */
    CONNECTIONS,
    /** The server is starting up or shutting down. */
    STARTING,
    /** The server does not support a parameter of the connection. */
    PARAMETER,
    /** A pooler allows no transactions. */
    NO_TRANSACTIONS,
    /** A pooler answered, and cannot connect to its server. */
    BEHIND_POOLER,
    /** None of the hosts in the URL has the role that the URL asks for. */
    HOST_ROLE,
    /** A time limit of the server or the pooler ended the connection. */
    LIMIT,
    /** The server cancelled the read in favor of another statement. */
    CANCELLED,
    /** Another process has the database's file open or locked. */
    LOCKED,
    /** The database's file was written by another version of the database. */
    VERSION,
    /** The database's file cannot be opened. */
    FILE,
    /** The server answered and rejected the connection. */
    REFUSED,
    /** The DataSource or the driver failed in its own code, without a response from a server. */
    DATA_SOURCE,
    /** No response came in time. */
    TIMEOUT,
    /** No connection came in time, because its creation waits for code that waits for the check. */
    INITIALIZER,
    /** No connection came in time, because its creation waits for a lock in this process. */
    LOCK,
    /** The calling thread was interrupted. */
    INTERRUPTED
  }
}
