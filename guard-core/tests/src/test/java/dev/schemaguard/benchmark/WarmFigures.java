// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What {@link WarmCalls} measures, by history and run. */
final class WarmFigures {

  static final String STATUS = "STATUS";
  static final String RETAINED = "RETAINED";

  private final FreshJvm jvm;
  private final List<HistoryFiles> histories;
  private final List<List<Map<String, Double>>> figures = new ArrayList<>();

  WarmFigures(FreshJvm jvm, List<HistoryFiles> histories) {
    this.jvm = jvm;
    this.histories = histories;
    histories.forEach(history -> figures.add(new ArrayList<>()));
  }

  /** Measures once more, each history in a JVM of its own. */
  void measure() throws Exception {
    for (int size = 0; size < figures.size(); size++) {
      figures.get(size).add(jvm.run(Run.Kind.WARM, histories.get(size)));
    }
  }

  /** A figure of each run with one of the histories. */
  double[] ofRuns(String name, int size) {
    return figures.get(size).stream().mapToDouble(run -> run.get(name)).toArray();
  }

  /** The median of the runs, by size. */
  private double[] medians(String name, double divisor) {
    return IntStream.range(0, figures.size())
        .mapToDouble(size -> Cells.median(ofRuns(name, size)) / divisor)
        .toArray();
  }

  List<String> table() {
    int[] sizes = histories.stream().mapToInt(HistoryFiles::revisions).toArray();
    List<String> lines =
        new ArrayList<>(Cells.header("in a JVM that is warm", Cells.numbers(sizes)));
    lines.addAll(beside(Subject.SELECT_1, Subject.HANDED_OVER, Subject.COUNT, Subject.REFRESH));
    lines.addAll(beside(Subject.RAW_SELECT, Subject.CHECK));
    lines.add(Cells.row("`status()`", Cells.all(medians(STATUS, 1), "%.1f ns")));
    lines.add(Cells.row("allocated by it", Cells.all(medians("STATUS_BYTES", 1), "%.0f bytes")));
    lines.add(
        Cells.row(
            "kept of matrix, chain and guard, a revision",
            Cells.all(medians(RETAINED, 1), "%.0f bytes")));
    return lines;
  }

  private List<String> beside(Subject limit, Subject... subjects) {
    double[] least = medians(limit.name(), 1e6);
    List<String> lines = new ArrayList<>();
    lines.add(Cells.row(limit.title(), Cells.ratios(least, least)));
    Arrays.stream(subjects)
        .map(
            subject ->
                Cells.row(subject.title(), Cells.ratios(medians(subject.name(), 1e6), least)))
        .forEach(lines::add);
    return lines;
  }
}
