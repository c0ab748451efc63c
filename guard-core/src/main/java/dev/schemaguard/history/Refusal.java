// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * The reason why there is no usable connection, from the codes of the server, the driver or the
 * pool. The codes are those of {@link SqlFailure}, MySQL's error reference, SQLite's result codes
 * and SQL Server's {@code sys.messages}.
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

  private static final String SQLITE = "org.sqlite.";

  /** MariaDB and MySQL: access denied (3), host blocked, host not allowed, TLS required. */
  private static final Set<Integer> LOGIN_CODES = Set.of(1044, 1045, 1698, 1129, 1130, 3159, 18456);

  /** MariaDB; H2 (3); SQL Server. */
  private static final Set<Integer> DATABASE_CODES = Set.of(1049, 90013, 90146, 90138, 4060);

  /** MariaDB and MySQL: of the server, of the user (2). */
  private static final Set<Integer> CONNECTIONS_CODES = Set.of(1040, 1203, 1226);

  /** MariaDB: shutdown in progress; H2: the database is closed. */
  private static final Set<Integer> STARTING_CODES = Set.of(1053, 90098);

  /** H2: open in another process, in exclusive mode; HSQLDB: its lock file. */
  private static final Set<Integer> LOCKED_CODES = Set.of(90020, 90135, -451);

  private static final int H2_VERSION = 90048;

  /** H2: corrupted, encrypted, an input or output error, opening failed (2). */
  private static final Set<Integer> FILE_CODES = Set.of(90030, 90049, 90028, 90031, 8000);

  private static final String PROTOCOL_VIOLATION = "08P01";

  /** PostgreSQL and compatible servers: no such parameter, no such value for it. */
  private static final Set<String> PARAMETER_STATES = Set.of(PROTOCOL_VIOLATION, "42704", "22023");

  /** H2: the connection is broken, or none could be made. */
  private static final int H2_BROKEN = 90067;

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
    SqlFailure said = SqlFailure.of(failure);
    if (failure.getClass().getName().startsWith(SQLITE)) {
      return ofSqlite(said.code() & 0xff);
    }
    if (said.state().isEmpty() && isExhaustedPool(failure)) {
      return CONNECTIONS;
    }
    Refusal known = ofCode(said.code());
    if (known != NONE) {
      return known;
    }
    return said.state().equals(PROTOCOL_VIOLATION) && isDriversOwn(failure) ? NONE : ofState(said);
  }

  /**
   * Returns whether the driver itself set the state. PostgreSQL's driver uses the state of a
   * protocol violation for a response that it does not understand, because something else listens
   * on that port.
   */
  private static boolean isDriversOwn(SQLException failure) {
    try {
      return failure.getClass().getMethod("getServerErrorMessage").invoke(failure) == null;
    } catch (ReflectiveOperationException e) {
      // Another driver, which does not report whether the error is the server's.
      return false;
    }
  }

  private static Refusal ofCode(int code) {
    if (LOGIN_CODES.contains(code)) {
      return LOGIN;
    }
    if (DATABASE_CODES.contains(code)) {
      return DATABASE;
    }
    if (CONNECTIONS_CODES.contains(code)) {
      return CONNECTIONS;
    }
    if (STARTING_CODES.contains(code)) {
      return STARTING;
    }
    if (LOCKED_CODES.contains(code)) {
      return LOCKED;
    }
    return code == H2_VERSION ? VERSION : FILE_CODES.contains(code) ? FILE : NONE;
  }

  private static Refusal ofState(SqlFailure said) {
    String state = said.state();
    if (said.isLoginRefused() || state.equals("08004")) {
      return LOGIN;
    }
    return switch (state) {
      // PostgreSQL; Derby, which uses a state of its own and opens a file for one process only.
      case "3D000", "XJ004" -> DATABASE;
      case "XSDB6" -> LOCKED;
      case "57P01", "57P02", "57P03" -> STARTING;
      // Derby gave up a login that took too long. That is not a response.
      case "", "XBDA0" -> NONE;
      default ->
          state.startsWith("53")
              ? CONNECTIONS
              : PARAMETER_STATES.contains(state) ? PARAMETER : ofClass(state, said.code());
    };
  }

  /**
   * Returns the reason by the state's class. Class 08 is the connection to the server, and HY is
   * often a driver's own.
   */
  private static Refusal ofClass(String state, int code) {
    boolean way = state.startsWith("08") || code == H2_BROKEN;
    boolean driver = state.startsWith("HY") && code <= 0;
    return way || driver ? NONE : OTHER;
  }

  private static Refusal ofSqlite(int result) {
    return switch (result) {
      // SQLITE_BUSY, SQLITE_LOCKED.
      case 5, 6 -> LOCKED;
      // SQLITE_READONLY, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_CANTOPEN, SQLITE_NOTADB.
      case 8, 10, 11, 14, 26 -> FILE;
      default -> OTHER;
    };
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
