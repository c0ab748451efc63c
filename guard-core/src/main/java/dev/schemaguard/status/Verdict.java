// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

/** What is concluded from matrix, chain and history. In the order in which they are tried. */
public enum Verdict {
  /** No connection, or no answer within the timeout. */
  UNREACHABLE(8),
  /** Connected, but the history cannot be read. */
  UNREADABLE(8),
  /** The matrix has no row for the application's version. */
  UNKNOWN_VERSION(9),
  /** A revision is recorded as failed or dirty and was not applied since. */
  FAILED(5),
  /** Proven: no migration of ours ever ran here. */
  UNINITIALIZED(7),
  /** A revision that the application cannot do without is not applied. */
  BEHIND(3),
  /** The database holds a revision that refuses this version. */
  AHEAD_INCOMPATIBLE(4),
  /**
   * The database holds a revision of which nobody here can say whether this version survives it.
   */
  AHEAD_UNKNOWN(4),
  /** The database holds revisions beyond the expected one, all of which admit this version. */
  AHEAD_COMPATIBLE(0),
  /** Revisions are pending that this version can do without. */
  BEHIND_COMPATIBLE(0),
  /** Everything expected is applied, and nothing else. */
  UP_TO_DATE(0);

  private final int exitCode;

  Verdict(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of a process that ends on this verdict while it is not compatible. */
  public int exitCode() {
    return exitCode;
  }

  /** Whether the database's state could be judged at all. */
  public boolean isKnown() {
    return this != UNREACHABLE && this != UNREADABLE && this != UNKNOWN_VERSION;
  }
}
