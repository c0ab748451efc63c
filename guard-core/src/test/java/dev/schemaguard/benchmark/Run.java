// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import com.sun.management.ThreadMXBean;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is measured in a JVM of its own, with the pool open. Prints lines of a name and a figure.
 *
 * <p>Arguments: {@code cold SUBJECT} or {@code warm}; URL, user and password; folder and number of
 * revisions.
 */
final class Run {

  private static final long WARM_UP_NANOS = 2_000_000_000L;
  private static final int SAMPLES = 60;
  private static final int STATUS_CALLS = 50_000_000;

  private final HikariDataSource database;
  private final HistoryFiles files;

  private Run(HikariDataSource database, HistoryFiles files) {
    this.database = database;
    this.files = files;
  }

  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    int at = arguments[0].equals("cold") ? 2 : 1;
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(arguments[at]);
    pool.setUsername(arguments[at + 1]);
    pool.setPassword(arguments[at + 2]);
    pool.setMaximumPoolSize(4);
    HistoryFiles files =
        new HistoryFiles(Path.of(arguments[at + 3]), Integer.parseInt(arguments[at + 4]));
    try (HikariDataSource database = new HikariDataSource(pool)) {
      Run run = new Run(database, files);
      run.open();
      if (at == 2) {
        run.cold(Subject.valueOf(arguments[1]));
      } else {
        run.warm();
      }
    }
    Runtime.getRuntime().halt(0);
  }

  /** The application has used its database before. */
  private void open() throws Exception {
    try (Connection connection = database.getConnection()) {
      connection.createStatement().executeQuery("SELECT 1").close();
    }
  }

  private void cold(Subject subject) throws Exception {
    Subject.Work work = subject.prepare(database, files);
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    int before = classes.getLoadedClassCount();
    long start = System.nanoTime();
    int unused = work.run();
    long nanos = System.nanoTime() - start;
    print("nanos", (double) nanos);
    print("classes", classes.getLoadedClassCount() - before);
  }

  private void warm() throws Exception {
    warm(Subject.SELECT_1.name(), Subject.SELECT_1.prepare(database, files));
    warm(Subject.RAW_SELECT.name(), Subject.RAW_SELECT.prepare(database, files));
    warm(Subject.CHECK.name(), Subject.CHECK.prepare(database, files));
    status();
    retained();
  }

  private static void warm(String name, Subject.Work work) throws Exception {
    for (long end = System.nanoTime() + WARM_UP_NANOS; System.nanoTime() < end; ) {
      int unused = work.run();
    }
    long[] samples = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long start = System.nanoTime();
      int unused = work.run();
      samples[i] = System.nanoTime() - start;
    }
    Arrays.sort(samples);
    print(name, (double) samples[SAMPLES / 2]);
  }

  /** A call of status(), and what it allocates. */
  private void status() {
    try (SchemaGuard guard = Subject.guard(database, files, Tool.LIQUIBASE)) {
      long sum = calls(guard, STATUS_CALLS);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      sum += calls(guard, STATUS_CALLS);
      double nanos = (double) (System.nanoTime() - start);
      double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - allocated);
      print("STATUS", nanos / STATUS_CALLS);
      print("STATUS_BYTES", Math.floor(bytes / STATUS_CALLS));
      print("UNUSED", sum == 0 ? 0 : 1);
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
    SchemaGuard guard = Subject.guard(database, files, Tool.LIQUIBASE);
    String unused = guard.check().summary();
    long after = used();
    CompatibilityMatrix kept = guard.matrix();
    print("RETAINED", (double) (after - before) / kept.chain().orElseThrow().size());
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

  private static void print(String name, double figure) {
    System.out.println(String.format(Locale.ROOT, "%s %.3f", name, figure));
  }
}
