// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What first calls cost besides time, as a table. */
final class FirstCallCosts {

  private static final List<String> COLUMNS =
      List.of(
          "revisions",
          "statements sent",
          "rows received",
          "bytes received",
          "allocated",
          "classes loaded");

  private FirstCallCosts() {}

  /** The table of all subjects, each asked once with each of these histories. */
  static List<String> table(FreshJvm jvm, List<HistoryFiles> histories) throws Exception {
    List<String> lines =
        new ArrayList<>(Cells.header("what a first call costs besides time", COLUMNS));
    for (HistoryFiles history : histories) {
      for (Subject subject : Subject.measuredWith(history.revisions())) {
        lines.add(row(subject, history, jvm.run(Run.Kind.COST, subject, history)));
      }
    }
    return lines;
  }

  private static String row(Subject subject, HistoryFiles history, Map<String, Double> cost) {
    return Cells.row(
        subject.title(),
        List.of(
            Cells.whole(history.revisions()),
            Cells.whole(cost.get("statements")),
            Cells.whole(cost.get("rows")),
            Cells.digits(cost.get("received") / 1e3) + " kB",
            Cells.digits(cost.get("allocated") / 1e6) + " MB",
            Cells.whole(cost.get("classes"))));
  }
}
