// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.tag;
import static dev.schemaguard.report.Html.text;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Structure;
import dev.schemaguard.status.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The section with the evidence for a verdict, as names and values. */
final class FactsSection {

  private final MigrationStatus status;
  private final List<Html> entries = new ArrayList<>();

  FactsSection(MigrationStatus status) {
    this.status = status;
  }

  Html html() {
    add("Database is at", status.currentRevision());
    add("Expected", status.expectedHead());
    add("Minimum", status.minCompatibleRevision());
    add("Maximum", maximum());
    add("Matrix row", status.matrixRow());
    add("Migration tool", status.tool());
    add("Migration lock", lock());
    Problem problem = status.problem();
    add("History table", problem == null ? null : problem.database());
    status.notes().forEach(note -> add("Note", note));
    structure();
    add("Verdict", status.verdict().name());
    return tag(
            "section",
            tag("h2", text("At a glance "), Formats.whose(status)).with("id", "facts"),
            tag("dl", Html.all(entries)))
        .with("aria-labelledby", "facts");
  }

  private void structure() {
    Structure structure = status.structure();
    if (structure != null) {
      String result = structure.result().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      add("Schema", structure.text().isEmpty() ? result : result + "; " + structure.text());
    }
  }

  private void add(String name, @Nullable String value) {
    if (value != null) {
      entries.add(tag("div", tag("dt", name), tag("dd", text(value))));
    }
  }

  private @Nullable String maximum() {
    String max = status.maxCompatibleRevision();
    return "any".equals(max) ? "any later revision" : max;
  }

  private @Nullable String lock() {
    MigrationLock lock = status.migrationLock();
    return lock == null
        ? null
        : lock.text() + (lock.stale() ? "; stale: granted over 26 hours ago" : "");
  }
}
