// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.PerformancePage;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a check takes, beside the SELECT that it cannot do without and beside what else answers
 * the question; the result goes into docs/performance.md.
 */
class CheckBenchmark {

  private static final int[] SIZES = {12, 100, 1_000, 10_000, 100_000};
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 9);
  private static final int ROUNDS_OF_TOOLS = Math.max(1, ROUNDS / 3);

  private static final List<Subject> GUARD =
      List.of(Subject.RAW_SELECT, Subject.CHECK, Subject.CHECK_AUTO, Subject.LOAD_AND_CHECK);

  private static final List<Subject> TOOLS =
      List.of(
          Subject.LIQUIBASE_STATUS,
          Subject.LIQUIBASE_UPDATE,
          Subject.FLYWAY_VALIDATE,
          Subject.FLYWAY_INFO);

  @TempDir private Path folder;
  private final TestDatabase database = Postgres.database();

  @Test
  void measuresAChecksCost() throws Exception {
    Map<Integer, HistoryFiles> files = new HashMap<>();
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
    report.addAll(cold(files));
    report.addAll(warm(files));
    System.out.println(String.join("\n", report));
    PerformancePage.write("checks", report);
  }

  private List<String> cold(Map<Integer, HistoryFiles> files) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("| first call of a JVM | " + sizes() + " |");
    lines.add("|---|" + "--:|".repeat(SIZES.length));
    Map<Subject, double[]> medians = new HashMap<>();
    for (Subject subject : Subject.values()) {
      if (subject != Subject.SELECT_1) {
        medians.put(subject, new double[SIZES.length]);
      }
    }
    for (int i = 0; i < SIZES.length; i++) {
      measure(files.get(SIZES[i]), GUARD, ROUNDS, medians, i);
      if (SIZES[i] <= HistoryFiles.MOST_FOR_TOOLS) {
        measure(files.get(SIZES[i]), TOOLS, ROUNDS_OF_TOOLS, medians, i);
      }
    }
    double[] limit = medians.get(Subject.RAW_SELECT);
    for (Subject subject : Subject.values()) {
      if (medians.containsKey(subject)) {
        lines.add("| " + subject.title() + " | " + cells(medians.get(subject), limit) + " |");
      }
    }
    return lines;
  }

  /** The medians of these subjects, measured in turn. */
  private void measure(
      HistoryFiles files,
      List<Subject> subjects,
      int rounds,
      Map<Subject, double[]> medians,
      int column)
      throws Exception {
    Map<Subject, double[]> millis = new HashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Subject subject : subjects) {
        double nanos = run(files, "cold", subject.name()).get("nanos");
        millis.computeIfAbsent(subject, none -> new double[rounds])[round] = nanos / 1e6;
      }
    }
    millis.forEach((subject, values) -> medians.get(subject)[column] = median(values));
  }

  private List<String> warm(Map<Integer, HistoryFiles> files) throws Exception {
    Map<Integer, Map<String, Double>> figures = new HashMap<>();
    for (int size : SIZES) {
      figures.put(size, run(files.get(size), "warm"));
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("| in a JVM that is warm | " + sizes() + " |");
    lines.add("|---|" + "--:|".repeat(SIZES.length));
    double[] limit = row(figures, Subject.RAW_SELECT.name(), 1e6);
    for (Subject subject : List.of(Subject.SELECT_1, Subject.RAW_SELECT, Subject.CHECK)) {
      double[] row = row(figures, subject.name(), 1e6);
      lines.add("| " + subject.title() + " | " + cells(row, limit) + " |");
    }
    lines.add("| `status()` | " + plain(row(figures, "STATUS", 1), "%.1f ns") + " |");
    lines.add("| allocated by it | " + plain(row(figures, "STATUS_BYTES", 1), "%.0f bytes") + " |");
    lines.add(
        "| kept of matrix, chain and guard, a revision | "
            + plain(row(figures, "RETAINED", 1), "%.0f bytes")
            + " |");
    return lines;
  }

  private Map<String, Double> run(HistoryFiles files, String... how) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Run.class.getName());
    command.addAll(List.of(how));
    command.addAll(List.of(database.url(), database.user(), database.password()));
    command.addAll(List.of(files.folder().toString(), String.valueOf(files.revisions())));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    Map<String, Double> figures = new HashMap<>();
    output
        .lines()
        .filter(line -> line.matches("[A-Za-z_0-9]+ [-0-9.]+"))
        .forEach(line -> figures.put(line.split(" ", 2)[0], Double.valueOf(line.split(" ", 2)[1])));
    return figures;
  }

  private static double[] row(
      Map<Integer, Map<String, Double>> figures, String name, double divisor) {
    return Arrays.stream(SIZES)
        .mapToDouble(size -> figures.get(size).get(name) / divisor)
        .toArray();
  }

  private static String sizes() {
    return String.join(
        " | ",
        Arrays.stream(SIZES).mapToObj(size -> String.format(Locale.ROOT, "%,d", size)).toList());
  }

  private static String cells(double[] millis, double[] limit) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < millis.length; i++) {
      cells.add(
          millis[i] == 0
              ? "–"
              : digits(millis[i]) + " ms, **" + digits(millis[i] / limit[i]) + "**");
    }
    return String.join(" | ", cells);
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
  }

  private static String plain(double[] values, String form) {
    return String.join(
        " | ",
        Arrays.stream(values).mapToObj(value -> String.format(Locale.ROOT, form, value)).toList());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
