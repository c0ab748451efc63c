// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What is aimed at, beside what each run of the benchmark came to. */
final class Aims {

  private final List<String> rows = new ArrayList<>();

  /** A ratio, or a figure, that should not be greater. */
  void atMost(String aim, int revisions, double limit, double[] ofRuns) {
    boolean reached = Arrays.stream(ofRuns).allMatch(value -> value <= limit);
    add(aim, revisions, "≤ " + number(limit), ofRuns, reached);
  }

  /** A ratio that should not be smaller. */
  void atLeast(String aim, int revisions, double limit, double[] ofRuns) {
    boolean reached = Arrays.stream(ofRuns).allMatch(value -> value >= limit);
    add(aim, revisions, "≥ " + number(limit), ofRuns, reached);
  }

  private void add(String aim, int revisions, String limit, double[] ofRuns, boolean reached) {
    List<String> cells = new ArrayList<>(List.of(Cells.whole(revisions), limit));
    Arrays.stream(ofRuns).mapToObj(Cells::digits).forEach(cells::add);
    cells.add(reached ? "yes" : "**no**");
    rows.add(Cells.row(aim, cells));
  }

  private static String number(double limit) {
    return limit == Math.rint(limit) ? Cells.whole(limit) : Cells.digits(limit);
  }

  /** The first of two figures, divided by the other, of each run. */
  static double[] ratios(double[] of, double[] by) {
    return IntStream.range(0, of.length).mapToDouble(run -> of[run] / by[run]).toArray();
  }

  /** One row for each aim. */
  List<String> table(int runs) {
    List<String> columns = new ArrayList<>(List.of("revisions", "aimed at"));
    IntStream.rangeClosed(1, runs).mapToObj(run -> "run " + run).forEach(columns::add);
    columns.add("reached");
    List<String> lines = new ArrayList<>(Cells.header("aim", columns));
    lines.addAll(rows);
    return lines;
  }
}
