// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

/**
 * Why a database could not be asked.
 *
 * @param kind what kind of obstacle it is
 * @param message what the driver, or the guard, says about it; without credentials
 */
public record Obstacle(Kind kind, String message) {

  /** The kinds of obstacles on the way to a database. */
  public enum Kind {
    /** No connection could be made, or it broke. */
    NO_CONNECTION,
    /** The database refused user and password. */
    LOGIN,
    /** No answer came in time. */
    TIMEOUT,
    /** The thread that asked was interrupted. */
    INTERRUPTED
  }
}
