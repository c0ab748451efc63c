// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

/** What {@code Unknown ahead:} says of revisions that this application has never heard of. */
public enum UnknownAhead {
  /** The application refuses to run on them. The default. */
  REFUSED,
  /** It runs, unless a marker on one of them forbids it. */
  ALLOWED
}
