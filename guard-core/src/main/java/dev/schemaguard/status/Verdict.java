// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

/**
 * The conclusion from matrix, chain and history. The constants are in the order in which they are
 * tried.
 */
public enum Verdict {
  /** There is no connection, or no response within the timeout. */
  UNREACHABLE(8),
  /** Connected, but the history cannot be read. */
  UNREADABLE(8),
  /** The matrix has no row for the application's version. */
  UNKNOWN_VERSION(9),
  /** A revision is recorded as failed or dirty and has not been applied since. */
  FAILED(5),
  /** It is proven that no migration of this application ever ran here. */
  UNINITIALIZED(7),
  /** A revision that the application requires is not applied. */
  BEHIND(3),
  /**
   * The database has a revision that refuses this version, or one that is unknown while the schema
   * lacks what this version needs.
   */
  AHEAD_INCOMPATIBLE(4),
  /**
   * The history is complete, but the schema lacks what the application needs according to its
   * schema file.
   */
  DRIFTED(10),
  /** The database has a revision for which it is unknown whether this version can run with it. */
  AHEAD_UNKNOWN(4),
  /** The database has revisions beyond the expected one, all of which accept this version. */
  AHEAD_COMPATIBLE(0),
  /** Revisions are pending that this version does not require. */
  BEHIND_COMPATIBLE(0),
  /** Everything expected is applied, and nothing else. */
  UP_TO_DATE(0);

  private final int exitCode;

  Verdict(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Returns the exit code of a process that ends with this verdict and is not compatible. */
  public int exitCode() {
    return exitCode;
  }

  /** Returns whether the state of the database could be determined at all. */
  public boolean isKnown() {
    return this != UNREACHABLE && this != UNREADABLE && this != UNKNOWN_VERSION;
  }
}
