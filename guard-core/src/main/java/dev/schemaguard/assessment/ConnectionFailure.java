// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import org.jspecify.annotations.Nullable;

/**
 * Why a database could not be asked.
 *
 * @param kind what kind of obstacle it is
 * @param message what the driver, or the guard, says about it; without credentials
 * @param database user, host and database, for people; null if they are not known
 */
public record ConnectionFailure(Kind kind, String message, @Nullable String database) {

  /** An obstacle before a database of which nothing is known. */
  public ConnectionFailure(Kind kind, String message) {
    this(kind, message, null);
  }

  /** The kinds of obstacles on the way to a database. */
  public enum Kind {
    /** No connection could be made, or it broke. */
    NO_CONNECTION,
    /** The database refused user and password. */
    LOGIN,
    /** The server has no such database. */
    DATABASE,
    /** Server, role or pool has no connection left. */
    CONNECTIONS,
    /** The server is starting up or shutting down. */
    STARTING,
    /** The server does not know a parameter of the connection. */
    PARAMETER,
    /** Another process has the database's file open or locked. */
    LOCKED,
    /** The database's file is of another version of the database. */
    VERSION,
    /** The database's file cannot be opened. */
    FILE,
    /** The server answered and refused. */
    REFUSED,
    /** The DataSource or the driver failed in its own code, without an answer of a server. */
    DATA_SOURCE,
    /** No answer came in time. */
    TIMEOUT,
    /** No connection came in time, because it waits for code that waits for the check. */
    INITIALIZER,
    /** No connection came in time, because it waits for a lock in this process. */
    LOCK,
    /** The thread that asked was interrupted. */
    INTERRUPTED
  }
}
