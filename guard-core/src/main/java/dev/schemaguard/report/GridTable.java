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
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of application versions and revisions. */
final class GridTable {

  private final CompatibilityGrid grid;
  private final @Nullable MigrationStatus status;
  private final GridPart part;
  private final ColumnLabels labels;

  /**
   * Creates the table of a part of a grid.
   *
   * @param status the status of a database; null if none was checked
   */
  GridTable(
      CompatibilityGrid grid,
      @Nullable MigrationStatus status,
      GridPart part,
      ColumnLabels labels) {
    this.grid = grid;
    this.status = status;
    this.part = part;
    this.labels = labels;
  }

  Html html() {
    List<Html> body = new ArrayList<>();
    if (status != null && part.columns().stream().anyMatch(run -> !labels(run).isEmpty())) {
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

  private List<Html> labels(Run run) {
    List<Html> signs = new ArrayList<>();
    for (ColumnLabel label : labels.on(columns(run))) {
      signs.add(signed(label.symbol(), label.meaning()));
    }
    return signs;
  }

  private Html database(MigrationStatus known) {
    List<Html> cells = new ArrayList<>();
    cells.add(tag("th", whose(known.tenants())).with("scope", "row"));
    for (Run run : part.columns()) {
      cells.add(styled(tag("td", all(labels(run))), place(run)));
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
    return !run.shown() ? "gap" : labels.isHere(grid.columns().get(run.first())) ? "here" : "";
  }

  private static Html signed(String symbol, String meaning) {
    return all(Formats.sign(symbol), Formats.spoken(meaning));
  }
}
