// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.assessment.CompatibilityGrid;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compatibility grid as one self-contained HTML document: no script, no outside request, light
 * and dark, and every colour is also a sign.
 */
public final class GridPage {

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--text:#1b1f24;--back:#fff;--line:#d0d7de;--soft:#59636e;
      --good:#116329;--good-back:#dafbe1;--bad:#a40e26;--bad-back:#ffebe9;--here:#0550ae}
      @media(prefers-color-scheme:dark){:root{--text:#e6edf3;--back:#0d1117;--line:#30363d;
      --soft:#9198a1;--good:#56d364;--good-back:#12261e;--bad:#ff7b72;--bad-back:#2d1215;
      --here:#79c0ff}}
      body{font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);
      margin:2rem auto;max-width:75rem;padding:0 1rem}
      h1{font-size:1.4rem}h2{font-size:1.1rem}p.verdict{font-size:1.1rem;padding:.6rem .9rem;
      border-left:.3rem solid;border-radius:.2rem}
      .go{color:var(--good);background:var(--good-back)}.stop{color:var(--bad);
      background:var(--bad-back)}.soft{color:var(--soft)}
      div.scroll{overflow-x:auto}table{border-collapse:collapse}
      th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:center}
      th[scope=row]{text-align:left;white-space:nowrap}tr.own th{color:var(--here)}
      th.here{color:var(--here)}td.here{outline:2px solid var(--here);outline-offset:-2px}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:var(--soft)}
      dd{margin:0;overflow-wrap:anywhere}
      """;

  private final StringBuilder html = new StringBuilder();
  private final CompatibilityGrid grid;
  private final @Nullable MigrationStatus status;

  private GridPage(CompatibilityGrid grid, @Nullable MigrationStatus status) {
    this.grid = grid;
    this.status = status;
  }

  /**
   * The document.
   *
   * @param status where a database stands; null if none was asked
   */
  public static String of(CompatibilityGrid grid, @Nullable MigrationStatus status) {
    return new GridPage(grid, status).document();
  }

  private String document() {
    String title =
        (grid.application() == null ? "" : grid.application() + ": ") + "schema compatibility";
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
        .append(escaped(title))
        .append("</title><style>\n")
        .append(STYLE)
        .append("</style></head><body><main>\n<h1>")
        .append(escaped(title))
        .append("</h1>\n");
    if (status != null) {
      verdict(status);
    }
    table();
    legend();
    return html.append("</main></body></html>\n").toString();
  }

  private void verdict(MigrationStatus known) {
    html.append("<p class=\"verdict ")
        .append(known.compatible() ? "go\">✔ " : "stop\">✖ ")
        .append(escaped(known.summary()))
        .append("</p>\n<dl>");
    entry("Version", known.appVersion());
    entry("Database stands at", known.currentRevision());
    entry("Expected", known.expectedHead());
    entry("Checked at", known.checkedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    Problem problem = known.problem();
    if (problem != null) {
      entry("Problem", problem.code());
      entry("Why", problem.why());
      problem.actions().forEach(action -> entry("What to do", action));
    }
    html.append("</dl>\n");
  }

  private void entry(String name, @Nullable String value) {
    if (value != null) {
      html.append("<dt>").append(name).append("</dt><dd>").append(escaped(value)).append("</dd>");
    }
  }

  private void table() {
    html.append(
            "<h2>Application versions and revisions</h2>\n<div class=\"scroll\" tabindex=\"0\">")
        .append("<table><thead><tr><th scope=\"col\">App version</th>");
    List<CompatibilityGrid.Column> columns = grid.columns();
    for (int i = 0; i < columns.size(); i++) {
      html.append("<th scope=\"col\"")
          .append(isHere(columns.get(i)) ? " class=\"here\"" : "")
          .append("><abbr title=\"")
          .append(escaped(columns.get(i).label()))
          .append("\">")
          .append(i + 1)
          .append("</abbr></th>");
    }
    html.append("</tr></thead><tbody>\n");
    grid.rows().forEach(this::row);
    html.append("</tbody></table></div>\n");
  }

  private void row(CompatibilityGrid.Row row) {
    boolean own = status != null && row.label().equals(status.matrixRow());
    html.append(own ? "<tr class=\"own\">" : "<tr>")
        .append("<th scope=\"row\">")
        .append(own ? "▶ " : "")
        .append(escaped(row.label()))
        .append("</th>");
    for (int i = 0; i < row.cells().size(); i++) {
      GridSign sign = GridSign.of(row.cells().get(i));
      boolean runs = row.cells().get(i).compatible();
      html.append("<td class=\"")
          .append(runs ? "go" : "stop")
          .append(isHere(grid.columns().get(i)) ? " here" : "")
          .append("\" title=\"")
          .append(escaped(row.label() + " on " + grid.columns().get(i).label()))
          .append(": ")
          .append(sign.meaning())
          .append("\">")
          .append(sign.symbol())
          .append("</td>");
    }
    html.append("</tr>\n");
  }

  private boolean isHere(CompatibilityGrid.Column column) {
    return status != null
        && status.currentRevision() != null
        && column.revisions().contains(status.currentRevision());
  }

  private void legend() {
    html.append("<p class=\"soft\">");
    for (GridSign sign : GridSign.values()) {
      html.append(sign.symbol()).append(' ').append(sign.meaning()).append(" &ensp; ");
    }
    html.append("</p>\n<h2>Revisions</h2>\n<ol>");
    for (CompatibilityGrid.Column column : grid.columns()) {
      html.append("<li>")
          .append(escaped(column.label()))
          .append(isHere(column) ? " ◀ the database stands here" : "")
          .append("</li>");
    }
    html.append("</ol>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
