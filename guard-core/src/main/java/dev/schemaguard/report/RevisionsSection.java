// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.tag;

import dev.schemaguard.status.MigrationStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * The section with the revisions in which a database differs from what the application was built
 * for.
 */
final class RevisionsSection {

  private static final int MOST_OPEN = 12;
  private static final int MOST_SHOWN = 200;

  private final MigrationStatus status;
  private final List<Html> lists = new ArrayList<>();

  RevisionsSection(MigrationStatus status) {
    this.status = status;
    add(ColumnLabel.FAILED, status.failedRevisions());
    add(ColumnLabel.PENDING, status.pendingRevisions());
    add(ColumnLabel.AHEAD, status.aheadRevisions());
  }

  /** Returns the section; empty if there is no difference. */
  Html html() {
    return lists.isEmpty()
        ? Html.NONE
        : tag(
                "section",
                tag("h2", Html.text("Differences "), Formats.whose(status))
                    .with("id", "differences"),
                tag("div", Html.all(lists)).in("lists"))
            .with("aria-labelledby", "differences");
  }

  private void add(ColumnLabel mark, List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    String id = mark.meaning();
    Html heading = tag("h3", Formats.sign(mark.symbol()), Html.text(" " + names.size() + " " + id));
    lists.add(
        names.size() <= MOST_OPEN
            ? tag("div", heading, list(names))
            : tag("details", tag("summary", heading).with("id", id + "-more"), list(names))
                .with("id", id));
  }

  private static Html list(List<String> names) {
    List<Html> items = new ArrayList<>();
    names.stream().limit(MOST_SHOWN).forEach(name -> items.add(tag("li", tag("code", name))));
    int more = names.size() - MOST_SHOWN;
    return Html.all(
        tag("ol", Html.all(items)), more > 0 ? tag("p", "… and " + more + " more") : Html.NONE);
  }
}
