// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

/** A row that speaks for some versions of the application. */
interface VersionRow {

  /** The version cell, as written. */
  String label();

  /** The versions that the row speaks for. */
  VersionPattern pattern();

  /** {@code file:line}. */
  String where();
}
