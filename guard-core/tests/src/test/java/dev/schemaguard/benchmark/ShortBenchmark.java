// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmark that fits between two edits: a few ratios with their intervals, printed and not
 * written to any page. It runs only if it is named.
 */
class ShortBenchmark {

  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 15);
  private static final int SCHEMAS = Math.min(300, Integer.getInteger("benchmark.largest", 300));
  private static final int REVISIONS = 100;
  private static final int WARM_UP_ROUNDS = 3;

  /** What is called in fresh JVMs; the first is the limit of the others. */
  private static final List<Subject> FIRST_CALLS =
      List.of(Subject.RAW_SELECT, Subject.BOUNDED_SELECT, Subject.CHECK, Subject.LOAD_AND_CHECK);

  @TempDir private Path folder;
  private final TestDatabase database = Postgres.database();
  private final List<String> report = new ArrayList<>();

  @Test
  void printsRatios() throws Exception {
    report.add("Medians of " + ROUNDS + " rounds, with 95 % intervals:");
    for (int revisions : new int[] {HistoryFiles.FEWEST, 1_000}) {
      HistoryFiles history = new HistoryFiles(folder.resolve("" + revisions), revisions);
      history.create(database);
      firstCalls(history);
      warmCalls(history);
      if (revisions == HistoryFiles.FEWEST) {
        structure(history);
      }
    }
    tenants();
    System.out.println(String.join("\n", report));
    assertThat(report).hasSize(1 + 2 * (1 + 3 + 1 + 2) + 1 + 2 * 3 + 2);
  }

  /** Each round calls all subjects, in an order by chance. */
  private void firstCalls(HistoryFiles history) throws Exception {
    FreshJvm jvm = new FreshJvm(database);
    Random random = new Random(1);
    Map<Subject, double[]> millis = new EnumMap<>(Subject.class);
    for (int round = 0; round < ROUNDS; round++) {
      List<Subject> order = new ArrayList<>(FIRST_CALLS);
      Collections.shuffle(order, random);
      for (Subject subject : order) {
        double nanos = jvm.run(Run.Kind.TIME, subject, history).get("nanos");
        millis.computeIfAbsent(subject, none -> new double[ROUNDS])[round] = nanos / 1e6;
      }
    }
    report.add("first call of a JVM, " + history.revisions() + " revisions ÷ raw SELECT");
    for (Subject subject : FIRST_CALLS.subList(1, FIRST_CALLS.size())) {
      add(subject.title(), millis.get(subject), millis.get(Subject.RAW_SELECT));
    }
  }

  private void warmCalls(HistoryFiles history) throws Exception {
    FreshJvm jvm = new FreshJvm(database);
    int runs = Math.max(1, ROUNDS / 5);
    Map<String, double[]> millis = new HashMap<>();
    List<Subject> subjects =
        List.of(Subject.SELECT_1, Subject.REFRESH, Subject.RAW_SELECT, Subject.CHECK);
    for (int run = 0; run < runs; run++) {
      Map<String, Double> figures = jvm.run(Run.Kind.WARM, history);
      for (Subject subject : subjects) {
        millis.computeIfAbsent(subject.name(), none -> new double[runs])[run] =
            figures.get(subject.name()) / 1e6;
      }
    }
    report.add("warm, " + history.revisions() + " revisions");
    add("a refresh ÷ `SELECT 1`", of(millis, Subject.REFRESH), of(millis, Subject.SELECT_1));
    add("`check()` ÷ raw SELECT", of(millis, Subject.CHECK), of(millis, Subject.RAW_SELECT));
  }

  /** What the comparison with a schema file adds to a check, cold and warm. */
  private void structure(HistoryFiles history) throws Exception {
    FreshJvm jvm = new FreshJvm(database);
    report.add("`check()` with a schema file ÷ without one");
    for (int columns : new int[] {30, 300, 3_000}) {
      HistoryFiles compared = history.withColumns(columns, database);
      double[][] cold = new double[2][ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        int first = round % 2;
        for (int i : new int[] {first, 1 - first}) {
          HistoryFiles files = i == 0 ? history : compared;
          cold[i][round] = jvm.run(Run.Kind.TIME, Subject.CHECK, files).get("nanos") / 1e6;
        }
      }
      add(columns + " columns, first call of a JVM", cold[1], cold[0]);
      warmStructure(columns, history, compared);
    }
  }

  private void warmStructure(int columns, HistoryFiles history, HistoryFiles compared)
      throws Exception {
    double[] without = new double[ROUNDS];
    double[] with = new double[ROUNDS];
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    try (HikariDataSource pool = new HikariDataSource(config)) {
      Subject.Work plain = Subject.CHECK.prepare(pool, history);
      Subject.Work comparing = Subject.CHECK.prepare(pool, compared);
      for (int round = -20 * WARM_UP_ROUNDS; round < ROUNDS; round++) {
        double one = millisOf(plain);
        double other = millisOf(comparing);
        if (round >= 0) {
          without[round] = one;
          with[round] = other;
        }
      }
    }
    add(columns + " columns, warm", with, without);
  }

  private static double millisOf(Subject.Work work) throws Exception {
    long start = System.nanoTime();
    int unused = work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double[] of(Map<String, double[]> millis, Subject subject) {
    return millis.get(subject.name());
  }

  private void tenants() throws Exception {
    try (TenantDatabase tenants = new TenantDatabase(REVISIONS, SCHEMAS)) {
      double[] each = new double[ROUNDS];
      double[] all = new double[ROUNDS];
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        double one = millis(() -> tenants.askEach(tenants.pool()));
        double together = millis(() -> tenants.askAll(tenants.pool()));
        if (round >= 0) {
          each[round] = one;
          all[round] = together;
        }
      }
      report.add(SCHEMAS + " schemas with " + REVISIONS + " revisions, over a warm pool");
      add("checks one by one ÷ one check of all", each, all);
    }
  }

  private static double millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private void add(String title, double[] figure, double[] limit) {
    report.add(String.format("  %-48s %s", title, new Ratio(figure, limit)));
  }
}
