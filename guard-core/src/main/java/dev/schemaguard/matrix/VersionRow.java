// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

/** A row that applies to some versions of the application. */
interface VersionRow {

  /** Returns the version cell, as written. */
  String label();

  /** Returns the versions that the row applies to. */
  VersionPattern pattern();

  /** Returns the location of the row as {@code file:line}. */
  String where();
}
