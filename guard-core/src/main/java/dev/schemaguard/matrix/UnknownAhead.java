// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

/**
 * The setting {@code Unknown ahead:}, which says how revisions that are unknown to this application
 * are treated.
 */
public enum UnknownAhead {
  /** The application refuses to run on them. This is the default. */
  REFUSED,
  /**
   * The application runs if the schema was compared with its schema file and has everything that
   * the application needs, unless a requires-app marker on one of them forbids it.
   */
  INTACT,
  /** The application runs, unless a requires-app marker on one of them forbids it. */
  ALLOWED
}
