// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.SQLException;

/**
 * States whether a database accepts writes, and if not, why. Reading does not need this, but a
 * migration does, and a replica may be behind its primary server.
 *
 * @param kind the kind of limit
 * @param reason the limit, with the setting that defines it; empty if there is none
 * @param action how to reach a database that accepts writes; empty if there is no limit
 */
public record WriteState(Kind kind, String reason, String action) {

  /** The kinds of limits. */
  public enum Kind {
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

  /** The state of a database of which no limit is known. */
  public static final WriteState WRITABLE = new WriteState(Kind.WRITABLE, "", "");

  /**
   * Returns the state of the database that {@code session} reads. A query that the database refuses
   * is treated as finding no limit.
   *
   * @throws SQLException if the connection broke
   */
  public static WriteState of(ReadSession session) throws SQLException {
    return new WriteLimits(session).find();
  }

  /** Returns whether a migration with a role of its own could write. */
  public boolean takesWrites() {
    return kind == Kind.WRITABLE || kind == Kind.READ_ONLY_SESSION;
  }
}
