// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.tag;
import static dev.schemaguard.report.Html.text;

import dev.schemaguard.status.MigrationStatus;
import org.jspecify.annotations.Nullable;

/**
 * The section with the table of application versions and revisions, and the position of the
 * database.
 */
final class GridSection {

  private final CompatibilityGrid grid;
  private final @Nullable MigrationStatus status;
  private final @Nullable String wholeGrid;
  private final GridPart part;
  private final ColumnLabels labels;

  /**
   * Creates a section about a grid.
   *
   * @param status the status of a database; null if none was checked
   * @param wholeGrid the address that shows the whole grid, so that this section shows a part of a
   *     large one; null to show all of it
   */
  GridSection(
      CompatibilityGrid grid, @Nullable MigrationStatus status, @Nullable String wholeGrid) {
    this.grid = grid;
    this.status = status;
    this.wholeGrid = wholeGrid;
    this.part =
        status == null || wholeGrid == null ? GridPart.whole(grid) : GridPart.around(status, grid);
    this.labels = new ColumnLabels(status);
  }

  Html html() {
    return tag(
            "section",
            tag("h2", "Which version runs on which revision").with("id", "grid-title"),
            tag(
                "p",
                "Each column is a database with all revisions up to that one, newest first. Each"
                    + " row is a version of the application."),
            elsewhere(),
            rest(),
            tag("div", new GridTable(grid, status, part, labels).html())
                .in("scroll")
                .with("id", "grid")
                .with("role", "region")
                .with("aria-label", "Grid of versions and revisions, scrollable")
                .with("tabindex", "0"),
            new GridLegend(status != null).html())
        .with("aria-labelledby", "grid-title");
  }

  /** Returns where the database is if that is not in any column. */
  private Html elsewhere() {
    String current = status == null ? null : status.currentRevision();
    return current == null || grid.columns().stream().anyMatch(labels::isHere)
        ? Html.NONE
        : tag("p", "The database is at " + current + ", which is in none of these columns.");
  }

  /** Returns a link to what a part of the grid leaves out. */
  private Html rest() {
    return wholeGrid == null || part.isWhole()
        ? Html.NONE
        : tag(
            "p",
            text("Only the part that matters here is shown. "),
            tag(
                    "a",
                    "Show all "
                        + Formats.count(grid.columns().size(), "column")
                        + " and "
                        + Formats.count(grid.rows().size(), "version"))
                .with("href", wholeGrid)
                .with("id", "grid-all"));
  }
}
