// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import com.sun.management.ThreadMXBean;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.benchmark.CountingSockets.Count;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is measured in a JVM of its own, with the pool open. Prints lines of a name and a figure.
 *
 * <p>Arguments: a {@link Kind}; the name of a {@link Subject}, where it takes one; URL, user and
 * password; folder and number of revisions.
 */
final class Run {

  /** The driver's properties with which {@link CountingSockets} sees what it sends and gets. */
  static final Map<String, String> COUNTED =
      Map.of(
          "socketFactory",
          CountingSockets.class.getName(),
          "sslmode",
          "disable",
          "gssEncMode",
          "disable");

  private static final int CONNECTIONS = 4;
  private static final int SETTLE_MILLIS = 300;
  private static final int GARBAGE = 50_000;

  /** Where what is made only to be collected is seen by others, lest it not be made. */
  @SuppressWarnings("unused")
  private static volatile byte[] garbage = {};

  /** What is asked of such a JVM. */
  enum Kind {
    /** How long the first call takes. */
    TIME,
    /** What the first call costs besides time; counting takes time itself. */
    COST,
    /** What the same calls take later. */
    WARM,
    /** The same, with few and with many rows in the matrix. */
    VERSIONS
  }

  private final HikariDataSource database;
  private final HistoryFiles files;

  private Run(HikariDataSource database, HistoryFiles files) {
    this.database = database;
    this.files = files;
  }

  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    Kind kind = Kind.valueOf(arguments[0]);
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(arguments[2]);
    pool.setUsername(arguments[3]);
    pool.setPassword(arguments[4]);
    pool.setMaximumPoolSize(CONNECTIONS);
    if (kind == Kind.COST) {
      COUNTED.forEach(pool::addDataSourceProperty);
    }
    HistoryFiles files = new HistoryFiles(Path.of(arguments[5]), Integer.parseInt(arguments[6]));
    try (HikariDataSource database = new HikariDataSource(pool)) {
      Run run = new Run(database, files);
      run.open();
      switch (kind) {
        case TIME -> run.time(Subject.valueOf(arguments[1]));
        case COST -> run.cost(Subject.valueOf(arguments[1]));
        case WARM -> new WarmCalls(database, files).measure();
        case VERSIONS -> new WarmCalls(database, files).measureVersions();
      }
    }
    Runtime.getRuntime().halt(0);
  }

  /** The application has used its database before, and the pool is as full as it gets. */
  private void open() throws Exception {
    try (Connection connection = database.getConnection()) {
      connection.createStatement().executeQuery("SELECT 1").close();
    }
    while (database.getHikariPoolMXBean().getIdleConnections() < CONNECTIONS) {
      Thread.sleep(5);
    }
  }

  private void time(Subject subject) throws Exception {
    Subject.Work work = subject.prepare(database, files);
    // Else the call pays for what came before it: garbage, and code that is being compiled.
    collectGarbage();
    Thread.sleep(SETTLE_MILLIS);
    long start = System.nanoTime();
    int unused = work.run();
    print("nanos", System.nanoTime() - start);
  }

  /** As the JVM does by itself: one on demand would shrink the heap, and cause the next ones. */
  private static void collectGarbage() {
    long before = collections();
    while (collections() == before) {
      garbage = new byte[GARBAGE];
    }
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private void cost(Subject subject) throws Exception {
    Subject.Work work = subject.prepare(database, files);
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long unusedOfFirstUse = allocated(threads) + CountingSockets.count().bytes();
    long loaded = classes.getTotalLoadedClassCount();
    Count before = CountingSockets.count();
    long allocated = allocated(threads);
    int unused = work.run();
    allocated = allocated(threads) - allocated;
    Count count = CountingSockets.count().since(before);
    loaded = classes.getTotalLoadedClassCount() - loaded;
    print("statements", count.statements());
    print("rows", count.rows());
    print("received", count.bytes());
    print("allocated", allocated);
    print("classes", loaded);
  }

  /** What all threads that live have allocated; the guard's own lives a while after its work. */
  private static long allocated(ThreadMXBean threads) {
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  private static void print(String name, long figure) {
    print(name, (double) figure);
  }

  static void print(String name, double figure) {
    System.out.println(String.format(Locale.ROOT, "%s %.3f", name, figure));
  }
}
