// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long first calls take, each in a JVM of its own. */
final class FirstCalls {

  private final FreshJvm jvm;
  private final List<HistoryFiles> histories;
  private final int[] sizes;
  private final int runs;
  private final int rounds;

  /** Milliseconds, by size, run and round. */
  private final Map<Subject, double[][][]> millis = new EnumMap<>(Subject.class);

  /**
   * Calls with each of these histories.
   *
   * @param rounds how often a run makes each call
   */
  FirstCalls(FreshJvm jvm, List<HistoryFiles> histories, int runs, int rounds) {
    this.jvm = jvm;
    this.histories = histories;
    this.sizes = histories.stream().mapToInt(HistoryFiles::revisions).toArray();
    this.runs = runs;
    this.rounds = rounds;
  }

  int roundsOfTools() {
    return Math.max(1, rounds / 3);
  }

  /** Makes the calls of one run, counted from 0: all subjects in turn, then again. */
  void measure(int run) throws Exception {
    for (int size = 0; size < sizes.length; size++) {
      measure(Subject.GUARD, size, run, rounds);
      measure(Subject.SECOND, size, run, rounds);
      if (sizes[size] <= HistoryFiles.MOST_FOR_TOOLS) {
        measure(Subject.TOOLS, size, run, roundsOfTools());
      }
    }
  }

  private void measure(List<Subject> subjects, int size, int run, int times) throws Exception {
    for (int round = 0; round < times; round++) {
      for (Subject subject : subjects) {
        double[][][] ofSubject =
            millis.computeIfAbsent(subject, none -> new double[sizes.length][runs][times]);
        double nanos = jvm.run(Run.Kind.TIME, subject, histories.get(size)).get("nanos");
        ofSubject[size][run][round] = nanos / 1e6;
      }
    }
  }

  /** The median of each run with one of the histories. */
  double[] ofRuns(Subject subject, int size) {
    return Arrays.stream(millis.get(subject)[size]).mapToDouble(Cells::median).toArray();
  }

  /** The median of all runs, by size; 0 where nothing was measured. */
  private double[] medians(Subject subject) {
    return Arrays.stream(millis.get(subject))
        .mapToDouble(
            size -> Cells.median(Arrays.stream(size).flatMapToDouble(Arrays::stream).toArray()))
        .toArray();
  }

  List<String> tables() {
    List<String> lines = new ArrayList<>(Cells.header("first call of a JVM", Cells.numbers(sizes)));
    for (Subject subject : Subject.measuredWith(sizes[0])) {
      lines.add(row(subject, Subject.RAW_SELECT));
    }
    String title = "second call, the first having read " + HistoryFiles.FEWEST + " revisions";
    lines.addAll(Cells.header(title, Cells.numbers(sizes)));
    for (Subject subject : Subject.SECOND) {
      lines.add(row(subject, Subject.SECOND_SELECT));
    }
    return lines;
  }

  private String row(Subject subject, Subject limit) {
    return Cells.row(subject.title(), Cells.ratios(medians(subject), medians(limit)));
  }

  String plot() {
    Plot plot = new Plot("The first call of a JVM", "revisions", "ms");
    List<Subject> curves = new ArrayList<>(Subject.measuredWith(sizes[0]));
    // Too near to the others, and below them all.
    curves.removeAll(List.of(Subject.BOUNDED_SELECT, Subject.DIALECT));
    for (Subject subject : curves) {
      plot.line(subject.title(), sizes, medians(subject));
    }
    return plot.svg();
  }
}
