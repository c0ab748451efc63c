// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import dev.schemaguard.testing.PerformancePage;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a check costs, beside the SELECT that it cannot do without and beside what else answers the
 * question; the result goes into docs/why/performance.md.
 */
class CheckBenchmark {

  private static final int[] SIZES =
      IntStream.of(HistoryFiles.FEWEST, 100, 1_000, 10_000, 100_000)
          .filter(size -> size <= Integer.getInteger("benchmark.largest", Integer.MAX_VALUE))
          .toArray();

  /** Sizes for which an aim is set. */
  private static final List<Integer> LONG = List.of(1_000, 10_000);

  private static final int MOST_REFRESHED = 1_000;
  private static final int RUNS = Integer.getInteger("benchmark.runs", 3);
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 7);
  private static final String PLOT = "performance-checks.svg";

  @TempDir private Path folder;
  private final TestDatabase database = Postgres.database();
  private final FreshJvm jvm = new FreshJvm(database);

  @Test
  void measuresAChecksCost() throws Exception {
    List<HistoryFiles> histories = new ArrayList<>();
    for (int size : SIZES) {
      HistoryFiles history = new HistoryFiles(folder.resolve(String.valueOf(size)), size);
      history.create(database);
      histories.add(history);
    }
    FirstCalls first = new FirstCalls(jvm, histories, RUNS, ROUNDS);
    WarmFigures warm = new WarmFigures(jvm, histories);
    for (int run = 0; run < RUNS; run++) {
      first.measure(run);
      warm.measure();
    }
    PerformancePage.image(PLOT, first.plot());
    List<String> report = new ArrayList<>();
    report.add(conditions(first));
    report.addAll(
        List.of("", "![The first call of a JVM, by number of revisions](images/" + PLOT + ")"));
    report.addAll(aims(first, warm));
    report.addAll(first.tables());
    report.addAll(FirstCallCosts.table(jvm, histories));
    report.addAll(warm.table());
    report.addAll(versions(histories));
    System.out.println(String.join("\n", report));
    PerformancePage.write("checks", report);
  }

  private static String conditions(FirstCalls first) {
    return "%s: %d cores, %s %s, Java %s, PostgreSQL on the same machine, %d runs of %d fresh JVMs a figure (%d for the tools)."
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"),
            RUNS,
            ROUNDS,
            first.roundsOfTools());
  }

  /** How many times the raw SELECT it may take to load matrix and chain and to check. */
  private static final Map<Integer, Double> LOAD_AND_CHECK =
      Map.of(12, 5.0, 1_000, 3.0, 10_000, 2.0);

  private static List<String> aims(FirstCalls first, WarmFigures warm) {
    Aims aims = new Aims();
    for (int i = 0; i < SIZES.length; i++) {
      if (LONG.contains(SIZES[i])) {
        double[] check = first.ofRuns(Subject.CHECK, i);
        double[] select = first.ofRuns(Subject.RAW_SELECT, i);
        double[] liquibase = first.ofRuns(Subject.LIQUIBASE_STATUS, i);
        double[] flyway = first.ofRuns(Subject.FLYWAY_VALIDATE, i);
        aims.atMost("first `check()` ÷ raw SELECT", SIZES[i], 1.5, Aims.ratios(check, select));
        aims.atLeast(
            "Liquibase `status` ÷ first `check()`", SIZES[i], 50, Aims.ratios(liquibase, check));
        aims.atLeast(
            "Flyway `validate` ÷ first `check()`", SIZES[i], 20, Aims.ratios(flyway, check));
        aims.atMost(
            "warm `check()` ÷ raw SELECT",
            SIZES[i],
            1.2,
            Aims.ratios(
                warm.ofRuns(Subject.CHECK.name(), i), warm.ofRuns(Subject.RAW_SELECT.name(), i)));
        aims.atMost("bytes kept, a revision", SIZES[i], 100, warm.ofRuns(WarmFigures.RETAINED, i));
        aims.atMost("`status()`, ns", SIZES[i], 50, warm.ofRuns(WarmFigures.STATUS, i));
      }
      Double load = LOAD_AND_CHECK.get(SIZES[i]);
      if (load != null) {
        aims.atMost(
            "matrix, chain and `check()` ÷ raw SELECT",
            SIZES[i],
            load,
            Aims.ratios(
                first.ofRuns(Subject.LOAD_AND_CHECK, i), first.ofRuns(Subject.RAW_SELECT, i)));
      }
      if (SIZES[i] <= MOST_REFRESHED) {
        aims.atMost(
            "a refresh that finds nothing new ÷ `SELECT 1`",
            SIZES[i],
            SIZES[i] < 1_000 ? 1.3 : 1.5,
            Aims.ratios(
                warm.ofRuns(Subject.REFRESH.name(), i), warm.ofRuns(Subject.SELECT_1.name(), i)));
      }
    }
    return aims.table(RUNS);
  }

  private List<String> versions(List<HistoryFiles> histories) throws Exception {
    HistoryFiles history =
        histories.stream()
            .filter(one -> one.revisions() <= LONG.get(0))
            .reduce((before, next) -> next)
            .orElseThrow();
    Map<String, Double> figures = jvm.run(Run.Kind.VERSIONS, history);
    List<String> lines =
        new ArrayList<>(
            Cells.header(
                "warm, with " + Cells.whole(history.revisions()) + " revisions, and a matrix of",
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
