// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.all;
import static dev.schemaguard.report.Html.tag;
import static dev.schemaguard.report.Html.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The legend of a grid.
 *
 * @param ofDatabase whether the grid shows the status of a database
 */
record GridLegend(boolean ofDatabase) {

  Html html() {
    List<Html> entries = new ArrayList<>();
    for (GridSymbol sign : GridSymbol.values()) {
      entries.add(entry(sign.symbol(), sign.meaning()));
    }
    if (ofDatabase) {
      entries.add(entry("▶", "the row of this application"));
      for (ColumnLabel label : ColumnLabel.values()) {
        entries.add(entry(label.symbol(), label.meaning()));
      }
    }
    return tag("ul", all(entries)).in("legend").with("aria-label", "Signs");
  }

  private static Html entry(String symbol, String meaning) {
    return tag("li", tag("b", symbol), text(" " + meaning));
  }
}
