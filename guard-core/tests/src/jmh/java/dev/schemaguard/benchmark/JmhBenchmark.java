// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.PerformancePage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What {@link PureCalls} take and allocate, by JMH; the result goes into docs/why/performance.md. */
class JmhBenchmark {

  private static final int ITERATIONS = Integer.getInteger("benchmark.rounds", 9);
  private static final int WARM_UPS = Math.min(ITERATIONS, 5);

  @Test
  void measuresWhatAsksNoDatabase() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(PureCalls.class.getName() + ".*")
                    .forks(1)
                    .warmupIterations(WARM_UPS)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(ITERATIONS)
                    .measurementTime(TimeValue.seconds(1))
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true)
                    .build())
            .run();
    assertThat(results).hasSize(2);
    List<String> report = new ArrayList<>();
    report.add(
        "%s: %d cores, Java %s, JMH's average of %d seconds in one JVM."
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                ITERATIONS));
    report.addAll(Cells.header("call", List.of("time", "± (99.9 %)", "allocated")));
    for (RunResult result : results) {
      report.add(row(result));
    }
    System.out.println(String.join("\n", report));
    PerformancePage.write("calls", report);
  }

  private static String row(RunResult result) {
    Result<?> time = result.getPrimaryResult();
    Result<?> allocated =
        result.getSecondaryResults().entrySet().stream()
            .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
            .findFirst()
            .orElseThrow()
            .getValue();
    String name =
        time.getLabel().equals("status")
            ? "`status()`"
            : "the assessment of %s revisions".formatted(Cells.whole(PureCalls.REVISIONS));
    return Cells.row(
        name,
        List.of(
            nanos(time.getScore()),
            nanos(time.getScoreError()),
            Cells.whole(allocated.getScore()) + " bytes"));
  }

  private static String nanos(double nanos) {
    return Double.isNaN(nanos) ? "–" : String.format(Locale.ROOT, "%,.1f ns", nanos);
  }
}
