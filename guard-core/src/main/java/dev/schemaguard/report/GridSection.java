// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.all;
import static dev.schemaguard.report.Html.tag;
import static dev.schemaguard.report.Html.text;

import dev.schemaguard.report.CompatibilityGrid.Column;
import dev.schemaguard.report.CompatibilityGrid.Row;
import dev.schemaguard.report.GridPart.Run;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
  private final Map<ColumnLabel, Set<String>> marked = new EnumMap<>(ColumnLabel.class);

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
    if (status != null) {
      for (ColumnLabel mark : ColumnLabel.values()) {
        marked.put(mark, Set.copyOf(mark.revisions(status)));
      }
    }
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
            tag("div", table())
                .in("scroll")
                .with("id", "grid")
                .with("role", "region")
                .with("aria-label", "Grid of versions and revisions, scrollable")
                .with("tabindex", "0"),
            legend())
        .with("aria-labelledby", "grid-title");
  }

  /** Returns where the database is if that is not in any column. */
  private Html elsewhere() {
    String current = status == null ? null : status.currentRevision();
    return current == null || grid.columns().stream().anyMatch(this::isHere)
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

  private Html table() {
    List<Html> body = new ArrayList<>();
    if (status != null && part.columns().stream().anyMatch(run -> !marks(run).isEmpty())) {
      body.add(database(status));
    }
    part.rows()
        .forEach(run -> body.add(run.shown() ? row(grid.rows().get(run.first())) : gap(run)));
    return tag(
        "table",
        tag("caption", "Application versions and revisions of the database").in("spoken"),
        tag("thead", header()),
        tag("tbody", all(body)));
  }

  private Html header() {
    List<Html> cells = new ArrayList<>();
    cells.add(tag("th", "Version").with("scope", "col").in("corner"));
    for (Run run : part.columns()) {
      Html cell = tag("th", tag("span", label(run))).with("scope", "col");
      cells.add(styled(cell, place(run)));
    }
    return tag("tr", all(cells));
  }

  /**
   * Returns the name of a column. A run of revisions has two lines, so that the header stays
   * narrow.
   */
  private Html label(Run run) {
    if (!run.shown()) {
      int revisions = columns(run).stream().mapToInt(column -> column.revisions().size()).sum();
      return text("… " + revisions + " revisions");
    }
    Column column = grid.columns().get(run.first());
    return column.first().equals(column.last())
        ? text(column.first())
        : all(text(column.first() + " …"), Html.single("br"), text(column.last()));
  }

  private List<Column> columns(Run run) {
    return grid.columns().subList(run.first(), run.last() + 1);
  }

  private List<Html> marks(Run run) {
    return marked.entrySet().stream()
        .filter(mark -> columns(run).stream().anyMatch(column -> isAnyOf(mark.getValue(), column)))
        .map(mark -> signed(mark.getKey().symbol(), mark.getKey().meaning()))
        .toList();
  }

  private Html database(MigrationStatus known) {
    List<Html> cells = new ArrayList<>();
    cells.add(tag("th", whose(known.tenants())).with("scope", "row"));
    for (Run run : part.columns()) {
      cells.add(styled(tag("td", all(marks(run))), place(run)));
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
        tag("th", own ? signed("▶ ", "this application: ") : Html.NONE, text(row.label()))
            .with("scope", "row"));
    for (Run run : part.columns()) {
      cells.add(cell(row, run));
    }
    return own ? tag("tr", all(cells)).in("own") : tag("tr", all(cells));
  }

  /** Returns the symbol of a column, or the one that all columns of a gap have in common. */
  private Html cell(Row row, Run run) {
    Set<GridSymbol> signs =
        row.cells().subList(run.first(), run.last() + 1).stream()
            .map(GridSymbol::of)
            .collect(Collectors.toSet());
    if (signs.size() > 1) {
      return styled(tag("td", signed("…", "differs")), place(run));
    }
    GridSymbol sign = signs.iterator().next();
    return styled(
        tag("td", signed(sign.symbol(), sign.meaning())),
        (sign.tone().styleClass() + " " + place(run)).strip());
  }

  private static Html styled(Html cell, String styleClass) {
    return styleClass.isEmpty() ? cell : cell.in(styleClass);
  }

  private Html gap(Run run) {
    String label = "… " + (run.last() - run.first() + 1) + " versions";
    return tag(
            "tr",
            tag("th", label).with("scope", "row"),
            tag("td").with("colspan", String.valueOf(part.columns().size())))
        .in("gap");
  }

  private String place(Run run) {
    return !run.shown() ? "gap" : isHere(grid.columns().get(run.first())) ? "here" : "";
  }

  private boolean isHere(Column column) {
    return isAnyOf(marked.getOrDefault(ColumnLabel.HERE, Set.of()), column);
  }

  private static boolean isAnyOf(Set<String> revisions, Column column) {
    return column.revisions().stream().anyMatch(revisions::contains);
  }

  private static Html signed(String symbol, String meaning) {
    return all(Formats.sign(symbol), Formats.spoken(meaning));
  }

  private Html legend() {
    List<Html> entries = new ArrayList<>();
    for (GridSymbol sign : GridSymbol.values()) {
      entries.add(entry(sign.symbol(), sign.meaning()));
    }
    if (status != null) {
      entries.add(entry("▶", "the row of this application"));
      for (ColumnLabel mark : ColumnLabel.values()) {
        entries.add(entry(mark.symbol(), mark.meaning()));
      }
    }
    return tag("ul", all(entries)).in("legend").with("aria-label", "Signs");
  }

  private static Html entry(String symbol, String meaning) {
    return tag("li", tag("b", symbol), text(" " + meaning));
  }
}
