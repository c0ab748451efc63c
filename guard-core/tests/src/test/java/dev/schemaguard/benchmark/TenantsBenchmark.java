// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import dev.schemaguard.testing.PerformancePage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * How long a check of many schemas takes, beside as many checks of one; the result goes into
 * docs/why/performance.md.
 */
class TenantsBenchmark {

  private static final int[] SCHEMAS =
      IntStream.of(1, 10, 100, 500, 2_000)
          .filter(schemas -> schemas <= Integer.getInteger("benchmark.largest", Integer.MAX_VALUE))
          .toArray();

  private static final int[] REVISIONS = {12, 100};
  private static final int PLOTTED = 100;
  private static final long WARM_UP_NANOS = 2_000_000_000L;
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 9);

  private static final String PLOT = "performance-tenants.svg";

  private final Plot plot =
      new Plot("A check of many schemas, of %d revisions each".formatted(PLOTTED), "schemas", "ms");

  @Test
  void measuresTheCostOfTenants() throws Exception {
    List<String> report = new ArrayList<>();
    report.add(
        "%s: %d cores, Java %s, PostgreSQL on the same machine, a pool of 4 connections, %d rounds."
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                ROUNDS));
    report.addAll(
        List.of("", "![A check of many schemas, by their number](images/" + PLOT + ")", ""));
    report.add(
        "| schemas | "
            + Arrays.stream(SCHEMAS)
                .mapToObj(n -> String.format(Locale.ROOT, "%,d", n))
                .collect(Collectors.joining(" | "))
            + " |");
    report.add("|---|" + "--:|".repeat(SCHEMAS.length));
    for (int revisions : REVISIONS) {
      report.addAll(measure(revisions));
    }
    System.out.println(String.join("\n", report));
    PerformancePage.image(PLOT, plot.svg());
    PerformancePage.write("tenants", report);
  }

  private List<String> measure(int revisions) throws Exception {
    List<TenantDatabase> databases = new ArrayList<>();
    try {
      for (int schemas : SCHEMAS) {
        databases.add(new TenantDatabase(revisions, schemas));
      }
      List<String> lines = new ArrayList<>();
      lines.addAll(measure("over a pool", revisions, databases, TenantDatabase::pool, ROUNDS));
      lines.addAll(
          measure(
              "each on a new connection",
              revisions,
              databases,
              TenantDatabase::connections,
              Math.max(1, ROUNDS / 3)));
      List<String> kept = new ArrayList<>();
      for (TenantDatabase database : databases) {
        kept.add(String.format(Locale.ROOT, "%,d kB", database.kept() / 1024));
      }
      lines.add("| kept of the status | " + String.join(" | ", kept) + " |");
      return lines;
    } finally {
      databases.forEach(TenantDatabase::close);
    }
  }

  private List<String> measure(
      String how,
      int revisions,
      List<TenantDatabase> databases,
      Function<TenantDatabase, DataSource> from,
      int rounds) {
    List<String> single = new ArrayList<>();
    List<String> together = new ArrayList<>();
    double[] curveOfSingles = new double[SCHEMAS.length];
    double[] curveOfAll = new double[SCHEMAS.length];
    for (int i = 0; i < SCHEMAS.length; i++) {
      TenantDatabase database = databases.get(i);
      DataSource dataSource = from.apply(database);
      double[] one = new double[rounds];
      double[] all = new double[rounds];
      Runnable singles = () -> database.askEach(dataSource);
      Runnable tenants = () -> database.askAll(dataSource);
      warmUp(singles);
      warmUp(tenants);
      for (int round = 0; round < rounds; round++) {
        one[round] = millis(singles);
        all[round] = millis(tenants);
      }
      curveOfSingles[i] = Cells.median(one);
      curveOfAll[i] = Cells.median(all);
      single.add(digits(curveOfSingles[i]) + " ms");
      together.add(
          digits(curveOfAll[i]) + " ms, **" + digits(curveOfSingles[i] / curveOfAll[i]) + " ×**");
    }
    if (revisions == PLOTTED) {
      plot.line(
          "as many checks, " + how.replace("each on a new connection", "new connections"),
          SCHEMAS,
          curveOfSingles);
      plot.line("one check, " + how.replace("each ", ""), SCHEMAS, curveOfAll);
    }
    return List.of(
        "| %d revisions, as many checks of one, %s | %s |"
            .formatted(revisions, how, String.join(" | ", single)),
        "| one check of all, and how many times faster | " + String.join(" | ", together) + " |");
  }

  /** As long for the one as for the other, whatever a round of it takes. */
  private static void warmUp(Runnable work) {
    for (long end = System.nanoTime() + WARM_UP_NANOS; System.nanoTime() < end; ) {
      work.run();
    }
  }

  private static double millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
  }
}
