// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;

/**
 * A revision that is not applied, and an entry that differs from it by its file alone.
 *
 * @param revision the revision's name, as it is shown
 * @param entry what the database recorded under another path
 */
record MovedChangeset(String revision, HistoryEntry entry) {

  /** For people. */
  String note() {
    return revision
        + " is not recorded, but "
        + entry.name()
        + " is, which has the same id and author";
  }

  /** What to do about it. */
  String action() {
    return "if the file of "
        + revision
        + " was moved, set its logicalFilePath="
        + entry.path()
        + " and regenerate the chain; without that Liquibase runs it again";
  }
}
