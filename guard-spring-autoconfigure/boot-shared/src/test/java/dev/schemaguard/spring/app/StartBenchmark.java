// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import dev.schemaguard.testing.Launch;
import dev.schemaguard.testing.PerformancePage;
import dev.schemaguard.testing.Starts;
import dev.schemaguard.testing.Starts.Start;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;

/**
 * How much longer an application starts because of the guard; the result goes into
 * docs/why/performance.md.
 */
class StartBenchmark {

  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 21);

  private static final int LONG_HISTORY = 1_000;

  /** The jars that spring-boot-starter-jdbc brings, in 3.5 and in 4, and the driver. */
  private static final Predicate<String> JDBC_APPLICATION =
      Launch.jars(
          "spring-boot(-autoconfigure|-jdbc|-persistence|-sql|-transaction)?",
          "spring-boot-starter(-jdbc|-logging)?",
          "spring-(aop|beans|context|core|expression|jcl|jdbc|tx)",
          "micrometer-(commons|observation)",
          "slf4j-api|jul-to-slf4j|log4j-(api|to-slf4j)|logback-(classic|core)|commons-logging",
          "HikariCP|postgresql|snakeyaml|jakarta.annotation-api|jspecify|checker-qual");

  private static final Predicate<String> GUARD =
      Launch.jars("guard-core", "guard-spring-autoconfigure")
          .and(jar -> !jar.endsWith("-tests.jar"));

  private enum Variant {
    PLAIN(false, true, Statewave.REVISIONS),
    GUARDED(true, true, Statewave.REVISIONS),
    GUARDED_LONG_HISTORY(true, true, LONG_HISTORY),
    IDLE(false, false, Statewave.REVISIONS),
    GUARDED_IDLE(true, false, Statewave.REVISIONS);

    final boolean guarded;
    final boolean asks;
    final int revisions;

    Variant(boolean guarded, boolean asks, int revisions) {
      this.guarded = guarded;
      this.asks = asks;
      this.revisions = revisions;
    }
  }

  @TempDir private Path folder;

  @Test
  void measuresWhatTheGuardAddsToTheStart() throws Exception {
    Starts<Variant> starts = Starts.measure(launches(), ROUNDS);
    List<String> report = report(starts);
    System.out.println(String.join("\n", report));
    String line = SpringBootVersion.getVersion().replaceAll("\\.\\d+$", "");
    PerformancePage.write("Spring Boot " + line, report);
  }

  private Map<Variant, Launch> launches() throws Exception {
    TestDatabase statewave = Launch.database(Statewave.REVISIONS);
    TestDatabase longHistory = Launch.database(LONG_HISTORY);
    Map<Variant, Launch> launches = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.values()) {
      launches.put(
          variant,
          Launch.of(
              JdbcApplication.class,
              folder.resolve(variant.name()),
              JDBC_APPLICATION,
              variant.guarded ? GUARD : null,
              variant.revisions,
              arguments(variant, variant.revisions == LONG_HISTORY ? longHistory : statewave)));
    }
    return launches;
  }

  /** The same arguments for all: to an application without the guard, its setting means nothing. */
  private static List<String> arguments(Variant variant, TestDatabase database) {
    return List.of(
        "--spring.datasource.url=" + database.url(),
        "--spring.datasource.username=" + database.user(),
        "--spring.datasource.password=" + database.password(),
        "--schema-guard.mode=strict",
        "--asks=" + variant.asks);
  }

  private static List<String> report(Starts<Variant> starts) {
    List<String> report = new ArrayList<>();
    report.add(
        "%s: %d cores, %s %s, Java %s, Spring Boot %s, PostgreSQL on the same machine, %d rounds."
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                SpringBootVersion.getVersion(),
                ROUNDS));
    report.addAll(Starts.header());
    report.addAll(rows("time until started", starts, Start::time));
    report.addAll(rows("processor time", starts, Start::processorTime));
    return report;
  }

  private static List<String> rows(
      String what, Starts<Variant> starts, ToDoubleFunction<Start> figure) {
    return List.of(
        starts.row(
            "opens a connection, 12 revisions: " + what, Variant.PLAIN, Variant.GUARDED, figure),
        starts.row(
            "opens a connection, 1,000 revisions: " + what,
            Variant.PLAIN,
            Variant.GUARDED_LONG_HISTORY,
            figure),
        starts.row(
            "opens none by itself, 12 revisions: " + what,
            Variant.IDLE,
            Variant.GUARDED_IDLE,
            figure));
  }
}
