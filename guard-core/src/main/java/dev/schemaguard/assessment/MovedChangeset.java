// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;

/**
 * A revision that is not applied, and an entry that differs from it in its file only.
 *
 * @param revision the display name of the revision
 * @param path the revision's path in the chain
 * @param entry what the database recorded under another path
 */
public record MovedChangeset(String revision, String path, HistoryEntry entry) {

  /** Returns a note for people that names both. */
  String note() {
    return revision
        + " is not recorded, but "
        + entry.name()
        + " is, which has the same id and author";
  }

  /** Returns the action that makes Liquibase find the recorded changeset again. */
  String action() {
    return "if the file of "
        + revision
        + " was moved, set its logicalFilePath="
        + entry.path()
        + " and regenerate the chain; without that Liquibase runs it again";
  }
}
