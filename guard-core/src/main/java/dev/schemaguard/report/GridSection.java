// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.all;
import static dev.schemaguard.report.Html.tag;

import dev.schemaguard.assessment.CompatibilityGrid;
import dev.schemaguard.assessment.CompatibilityGrid.Cell;
import dev.schemaguard.assessment.CompatibilityGrid.Column;
import dev.schemaguard.assessment.CompatibilityGrid.Row;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of application versions against revisions, with the database's place in it. */
final class GridSection {

  private final CompatibilityGrid grid;
  private final @Nullable MigrationStatus status;

  GridSection(CompatibilityGrid grid, @Nullable MigrationStatus status) {
    this.grid = grid;
    this.status = status;
  }

  Html html() {
    return tag(
            "section",
            tag("h2", "Which version runs on which revision").with("id", "grid-title"),
            tag(
                "p",
                "A column is a database that has everything up to this revision, the newest first; a"
                    + " row is a version of the application."),
            elsewhere(),
            tag("div", table())
                .in("scroll")
                .with("id", "grid")
                .with("role", "region")
                .with("aria-label", "The grid, which may scroll sideways")
                .with("tabindex", "0"),
            legend())
        .with("aria-labelledby", "grid-title");
  }

  /** Where the database stands, if that is in no column. */
  private Html elsewhere() {
    String current = status == null ? null : status.currentRevision();
    return current == null || grid.columns().stream().anyMatch(c -> isHere(c, status))
        ? Html.NONE
        : tag("p", "The database stands at " + current + ", which is in none of these columns.");
  }

  private Html table() {
    List<Html> body = new ArrayList<>();
    if (status != null && isMarked(status)) {
      body.add(database(status));
    }
    grid.rows().forEach(row -> body.add(row(row)));
    return tag(
        "table",
        tag("caption", "Application versions against revisions of the database").in("spoken"),
        tag("thead", header()),
        tag("tbody", all(body)));
  }

  private Html header() {
    List<Html> cells = new ArrayList<>();
    cells.add(tag("th", "Version").with("scope", "col").in("corner"));
    for (Column column : newestFirst(grid.columns())) {
      cells.add(tag("th", tag("span", column.label())).with("scope", "col").in(place(column)));
    }
    return tag("tr", all(cells));
  }

  /** A database stands near the end of a chain, so that end is what a reader sees first. */
  private static List<Column> newestFirst(List<Column> columns) {
    List<Column> reversed = new ArrayList<>(columns);
    Collections.reverse(reversed);
    return reversed;
  }

  private boolean isMarked(MigrationStatus known) {
    return grid.columns().stream().anyMatch(column -> !marks(column, known).isEmpty());
  }

  private static List<Html> marks(Column column, MigrationStatus known) {
    return Arrays.stream(ColumnMark.values())
        .filter(mark -> mark.isOn(column, known))
        .map(mark -> signed(mark.symbol(), mark.meaning()))
        .toList();
  }

  private Html database(MigrationStatus known) {
    List<Html> cells = new ArrayList<>();
    cells.add(tag("th", whose(known.tenants())).with("scope", "row"));
    for (Column column : newestFirst(grid.columns())) {
      cells.add(tag("td", all(marks(column, known))).in(place(column)));
    }
    return tag("tr", all(cells)).in("database");
  }

  private static String whose(@Nullable TenantsStatus tenants) {
    return tenants == null
        ? "This database"
        : tenants.worst().isEmpty() ? "All tenants" : "Worst tenant";
  }

  private Html row(Row row) {
    boolean own = status != null && row.label().equals(status.matrixRow());
    List<Html> cells = new ArrayList<>();
    cells.add(
        tag("th", own ? signed("▶ ", "this application: ") : Html.NONE, Html.text(row.label()))
            .with("scope", "row"));
    for (int i = row.cells().size() - 1; i >= 0; i--) {
      Column column = grid.columns().get(i);
      GridSign sign = GridSign.of(row.cells().get(i));
      cells.add(
          tag("td", signed(sign.symbol(), sign.meaning()))
              .with("title", row.label() + " on " + column.label() + ": " + sign.meaning())
              .in(tone(sign, row.cells().get(i)).styleClass() + " " + place(column)));
    }
    return tag("tr", all(cells)).in(own ? "own" : "other");
  }

  private static Tone tone(GridSign sign, Cell cell) {
    return cell.compatible() ? Tone.YES : sign == GridSign.UNKNOWN ? Tone.UNTOLD : Tone.NO;
  }

  private String place(Column column) {
    return isHere(column, status) ? "here" : "there";
  }

  private static boolean isHere(Column column, @Nullable MigrationStatus known) {
    return known != null && ColumnMark.HERE.isOn(column, known);
  }

  private static Html signed(String symbol, String meaning) {
    return all(Wording.sign(symbol), Wording.spoken(meaning));
  }

  private Html legend() {
    List<Html> entries = new ArrayList<>();
    for (GridSign sign : GridSign.values()) {
      entries.add(entry(sign.symbol(), sign.meaning()));
    }
    if (status != null) {
      entries.add(entry("▶", "the row of this application"));
      for (ColumnMark mark : ColumnMark.values()) {
        entries.add(entry(mark.symbol(), mark.meaning()));
      }
    }
    return tag("ul", all(entries)).in("legend").with("aria-label", "Signs");
  }

  private static Html entry(String symbol, String meaning) {
    return tag("li", tag("b", symbol), Html.text(" " + meaning));
  }
}
