// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;

/**
 * States whether a database accepts writes, and if not, why. Reading does not need this, but a
 * migration does, and a replica may be behind its primary server.
 *
 * @param limit the kind of limit
 * @param reason the limit, with the setting that defines it; empty if there is none
 * @param action how to reach a database that accepts writes; empty if there is no limit
 */
public record WriteState(Limit limit, String reason, String action) {

  /** The kinds of limits. */
  public enum Limit {
    /** No limit is known. */
    WRITABLE,
    /**
     * This role, session, pool or driver is read-only, which is recommended for the guard. A
     * migrator has its own connection.
     */
    READ_ONLY_SESSION,
    /** The server or the database is set to accept no writes from ordinary roles. */
    READ_ONLY,
    /** The server replicates its primary server. */
    REPLICA
  }

  /** The reason of a file that was opened so that nothing can be written. */
  static final String OPENED_READ_ONLY = "the database is opened read-only";

  /** The state of a database of which no limit is known. */
  public static final WriteState WRITABLE = new WriteState(Limit.WRITABLE, "", "");

  /**
   * Returns the state of the database that {@code session} reads. A query that the database refuses
   * is treated as finding no limit.
   *
   * @throws SQLException if the connection broke
   */
  public static WriteState of(DatabaseSession session) throws SQLException {
    WriteState state = session.dialect().writeState(session);
    return state.limit == Limit.WRITABLE && session.connection().isReadOnly()
        ? ofSession("this connection is set to read-only")
        : state;
  }

  /** Returns the state of a role or session that may not write. */
  static WriteState ofSession(String reason) {
    return new WriteState(Limit.READ_ONLY_SESSION, reason, "");
  }

  /** Returns the state of a database that is a file. */
  static WriteState ofFile(boolean openedReadOnly) {
    return openedReadOnly
        ? file(OPENED_READ_ONLY + ", by its URL or because its file is read-only")
        : WRITABLE;
  }

  /** Returns the state of a file to which nothing can be written for {@code reason}. */
  static WriteState file(String reason) {
    return new WriteState(
        Limit.READ_ONLY,
        reason,
        "open it with the URL and the user that the migrator has, and make the file writable for"
            + " that user");
  }

  /** Returns whether a migration with a role of its own could write. */
  public boolean takesWrites() {
    return limit == Limit.WRITABLE || limit == Limit.READ_ONLY_SESSION;
  }
}
