// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import dev.schemaguard.testing.PerformancePage;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a check costs, beside the SELECT that it cannot do without and beside what else answers the
 * question; the result goes into docs/performance.md.
 */
class CheckBenchmark {

  private static final int[] SIZES =
      IntStream.of(12, 100, 1_000, 10_000, 100_000)
          .filter(size -> size <= Integer.getInteger("benchmark.largest", Integer.MAX_VALUE))
          .toArray();

  private static final int VERSIONS_SIZE = Math.min(1_000, SIZES[SIZES.length - 1]);
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 9);
  private static final int ROUNDS_OF_TOOLS = Math.max(1, ROUNDS / 3);
  private static final String PLOT = "performance-checks.svg";

  @TempDir private Path folder;
  private final TestDatabase database = Postgres.database();
  private final FreshJvm jvm = new FreshJvm(database);
  private final Map<Integer, HistoryFiles> files = new HashMap<>();

  @Test
  void measuresAChecksCost() throws Exception {
    for (int size : SIZES) {
      files.put(size, new HistoryFiles(folder.resolve(String.valueOf(size)), size));
      files.get(size).create(database);
    }
    List<String> report = new ArrayList<>();
    report.add(
        "%s: %d cores, %s %s, Java %s, PostgreSQL on the same machine, %d fresh JVMs a figure (%d for the tools)."
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                ROUNDS,
                ROUNDS_OF_TOOLS));
    Map<Subject, double[]> times = times();
    PerformancePage.image(PLOT, plot(times));
    report.addAll(
        List.of("", "![The first call of a JVM, by number of revisions](images/" + PLOT + ")"));
    report.addAll(table(times));
    report.addAll(FirstCallCosts.table(jvm, Arrays.stream(SIZES).mapToObj(files::get).toList()));
    report.addAll(warm());
    report.addAll(versions());
    System.out.println(String.join("\n", report));
    PerformancePage.write("checks", report);
  }

  /** The median of each first call in milliseconds, by size. */
  private Map<Subject, double[]> times() throws Exception {
    Map<Subject, double[]> medians = new LinkedHashMap<>();
    for (Subject subject : Subject.measuredWith(SIZES[0])) {
      medians.put(subject, new double[SIZES.length]);
    }
    for (int i = 0; i < SIZES.length; i++) {
      measure(files.get(SIZES[i]), Subject.GUARD, ROUNDS, medians, i);
      if (SIZES[i] <= HistoryFiles.MOST_FOR_TOOLS) {
        measure(files.get(SIZES[i]), Subject.TOOLS, ROUNDS_OF_TOOLS, medians, i);
      }
    }
    return medians;
  }

  /** The medians of these subjects, measured in turn. */
  private void measure(
      HistoryFiles ofSize,
      List<Subject> subjects,
      int rounds,
      Map<Subject, double[]> medians,
      int column)
      throws Exception {
    Map<Subject, double[]> millis = new HashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Subject subject : subjects) {
        double nanos = jvm.run(Run.Kind.TIME, subject, ofSize).get("nanos");
        millis.computeIfAbsent(subject, none -> new double[rounds])[round] = nanos / 1e6;
      }
    }
    millis.forEach((subject, values) -> medians.get(subject)[column] = Cells.median(values));
  }

  private static List<String> table(Map<Subject, double[]> times) {
    List<String> lines = new ArrayList<>(Cells.header("first call of a JVM", Cells.numbers(SIZES)));
    double[] limit = times.get(Subject.RAW_SELECT);
    times.forEach(
        (subject, millis) -> lines.add(Cells.row(subject.title(), Cells.ratios(millis, limit))));
    return lines;
  }

  private static String plot(Map<Subject, double[]> times) {
    Plot plot = new Plot("The first call of a JVM", "revisions", "ms");
    times.forEach((subject, millis) -> plot.line(subject.title(), SIZES, millis));
    return plot.svg();
  }

  private List<String> warm() throws Exception {
    Map<Integer, Map<String, Double>> figures = new HashMap<>();
    for (int size : SIZES) {
      figures.put(size, jvm.run(Run.Kind.WARM, files.get(size)));
    }
    List<String> lines =
        new ArrayList<>(Cells.header("in a JVM that is warm", Cells.numbers(SIZES)));
    lines.addAll(
        beside(figures, Subject.SELECT_1, Subject.HANDED_OVER, Subject.COUNT, Subject.REFRESH));
    lines.addAll(beside(figures, Subject.RAW_SELECT, Subject.CHECK));
    lines.add(Cells.row("`status()`", Cells.all(row(figures, "STATUS", 1), "%.1f ns")));
    lines.add(
        Cells.row("allocated by it", Cells.all(row(figures, "STATUS_BYTES", 1), "%.0f bytes")));
    lines.add(
        Cells.row(
            "kept of matrix, chain and guard, a revision",
            Cells.all(row(figures, "RETAINED", 1), "%.0f bytes")));
    return lines;
  }

  private static List<String> beside(
      Map<Integer, Map<String, Double>> figures, Subject limit, Subject... subjects) {
    double[] least = row(figures, limit.name(), 1e6);
    List<String> lines = new ArrayList<>();
    lines.add(Cells.row(limit.title(), Cells.ratios(least, least)));
    for (Subject subject : subjects) {
      double[] row = row(figures, subject.name(), 1e6);
      lines.add(Cells.row(subject.title(), Cells.ratios(row, least)));
    }
    return lines;
  }

  private static double[] row(
      Map<Integer, Map<String, Double>> figures, String name, double divisor) {
    return Arrays.stream(SIZES)
        .mapToDouble(size -> figures.get(size).get(name) / divisor)
        .toArray();
  }

  private List<String> versions() throws Exception {
    Map<String, Double> figures = jvm.run(Run.Kind.VERSIONS, files.get(VERSIONS_SIZE));
    List<String> lines =
        new ArrayList<>(
            Cells.header(
                "warm, with " + Cells.whole(VERSIONS_SIZE) + " revisions, and a matrix of",
                WarmCalls.ROWS.stream().map(rows -> Cells.whole(rows) + " rows").toList()));
    lines.add(Cells.row(Subject.CHECK.title(), ofRows(figures, "CHECK_")));
    lines.add(Cells.row("a guard built of matrix and chain", ofRows(figures, "BUILD_")));
    return lines;
  }

  private static List<String> ofRows(Map<String, Double> figures, String name) {
    return WarmCalls.ROWS.stream()
        .map(rows -> Cells.digits(figures.get(name + rows) / 1e6) + " ms")
        .toList();
  }
}
