// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import com.sun.management.ThreadMXBean;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/** What calls take that have been made often, and what stays of them. */
record WarmCalls(DataSource database, HistoryFiles files) {

  /** The number of rows of a small matrix and of a large one. */
  static final List<Integer> ROWS = List.of(10, 1_000);

  private static final long WARM_UP_NANOS = 2_000_000_000L;
  private static final int SAMPLES = 60;
  private static final int STATUS_CALLS = 50_000_000;

  /** Work that is measured beside another one. */
  private record Named(String name, Subject.Work work) {

    /** Until the JVM has compiled what it is going to compile. */
    void warmUp() throws Exception {
      for (long end = System.nanoTime() + WARM_UP_NANOS; System.nanoTime() < end; ) {
        int unused = work.run();
      }
    }

    long nanos() throws Exception {
      long start = System.nanoTime();
      int unused = work.run();
      return System.nanoTime() - start;
    }
  }

  void measure() throws Exception {
    inTurn(
        named(Subject.SELECT_1),
        named(Subject.HANDED_OVER),
        named(Subject.COUNT),
        named(Subject.REFRESH));
    inTurn(named(Subject.RAW_SELECT), named(Subject.CHECK));
    status();
    retained();
  }

  /** A check, and the building of a guard, with few and with many versions of the application. */
  void measureVersions() throws Exception {
    Named[] checks = new Named[ROWS.size()];
    Named[] builds = new Named[ROWS.size()];
    for (int i = 0; i < checks.length; i++) {
      HistoryFiles ofSo = files.withRows(ROWS.get(i));
      checks[i] = new Named("CHECK_" + ROWS.get(i), Subject.CHECK.prepare(database, ofSo));
      builds[i] =
          new Named(
              "BUILD_" + ROWS.get(i),
              () -> {
                try (SchemaGuard guard = Subject.guard(database, ofSo, Tool.LIQUIBASE).build()) {
                  return guard.matrix().rows().size();
                }
              });
    }
    inTurn(checks);
    inTurn(builds);
  }

  private Named named(Subject subject) throws Exception {
    return new Named(subject.name(), subject.prepare(database, files));
  }

  /** Prints the median of each; one call of each in turn, so that the machine is equal to all. */
  private static void inTurn(Named... all) throws Exception {
    for (Named one : all) {
      one.warmUp();
    }
    long[][] samples = new long[all.length][SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
      for (int i = 0; i < all.length; i++) {
        samples[i][sample] = all[i].nanos();
      }
    }
    for (int i = 0; i < all.length; i++) {
      Arrays.sort(samples[i]);
      Run.print(all[i].name(), (double) samples[i][SAMPLES / 2]);
    }
  }

  /** A call of status(), and what it allocates. */
  private void status() {
    try (SchemaGuard guard = Subject.guard(database, files, Tool.LIQUIBASE).build()) {
      long sum = calls(guard, STATUS_CALLS);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      sum += calls(guard, STATUS_CALLS);
      double nanos = (double) (System.nanoTime() - start);
      double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - allocated);
      Run.print("STATUS", nanos / STATUS_CALLS);
      Run.print("STATUS_BYTES", Math.floor(bytes / STATUS_CALLS));
      Run.print("UNUSED", sum == 0 ? 0 : 1);
    }
  }

  private static long calls(SchemaGuard guard, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += guard.status().exitCode();
    }
    return sum;
  }

  /** What matrix, chain and guard keep after a check. */
  private void retained() {
    long before = used();
    SchemaGuard guard = Subject.guard(database, files, Tool.LIQUIBASE).build();
    String unused = guard.check().summary();
    long after = used();
    CompatibilityMatrix kept = guard.matrix();
    Run.print("RETAINED", (double) (after - before) / kept.chain().orElseThrow().size());
    guard.close();
  }

  static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
