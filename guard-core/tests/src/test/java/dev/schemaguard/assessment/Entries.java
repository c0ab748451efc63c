// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.MigrationVersion;

/** Rows of a Liquibase history, by id or by whole key. */
final class Entries {

  private Entries() {}

  /** Applied; an {@code id} alone stands for {@code db/id.xml::id::dev}. */
  static HistoryEntry applied(String name) {
    return entry(name, Outcome.APPLIED, null);
  }

  static HistoryEntry applied(String name, String comment) {
    return entry(name, Outcome.APPLIED, comment);
  }

  static HistoryEntry failed(String name) {
    return entry(name, Outcome.FAILED, null);
  }

  static HistoryEntry skipped(String name) {
    return entry(name, Outcome.SKIPPED, null);
  }

  static HistoryEntry[] allApplied(String... names) {
    HistoryEntry[] entries = new HistoryEntry[names.length];
    for (int i = 0; i < names.length; i++) {
      entries[i] = applied(names[i]);
    }
    return entries;
  }

  static HistoryEntry rerun(String name) {
    HistoryEntry entry = applied(name);
    return new HistoryEntry(
        entry.name(), entry.shortName(), entry.path(), Outcome.APPLIED, true, null, null, null);
  }

  static HistoryEntry tagged(String name, String tag) {
    HistoryEntry entry = applied(name);
    return new HistoryEntry(
        entry.name(), entry.shortName(), entry.path(), Outcome.APPLIED, false, null, null, tag);
  }

  static HistoryEntry appliedAt(String name, String time, String comment) {
    HistoryEntry entry = applied(name);
    return new HistoryEntry(
        entry.name(), entry.shortName(), entry.path(), Outcome.APPLIED, false, time, comment, null);
  }

  /** As a tool without changelog files records it. */
  static HistoryEntry pathless(String name) {
    return new HistoryEntry(name, name, null, Outcome.APPLIED, false, null, null, null);
  }

  /** As Flyway records a version. */
  static HistoryEntry numbered(String version, Outcome outcome, String description) {
    return new HistoryEntry(
        MigrationVersion.parse(version).orElseThrow().toString(),
        version,
        null,
        outcome,
        false,
        null,
        description,
        null);
  }

  static HistoryEntry entry(String name, Outcome outcome, String comment) {
    ChangesetKey key =
        ChangesetKey.parse(name).orElse(new ChangesetKey("db/" + name + ".xml", name, "dev"));
    return new HistoryEntry(
        key.toString(), key.id(), key.path(), outcome, false, null, comment, null);
  }
}
