// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.benchmark;

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
import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much longer a web application starts because of the listener and its pages; the result goes
 * into docs/why/performance.md.
 */
class ListenerBenchmark {

  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 21);

  private static final int LONG_HISTORY = 1_000;

  private static final Predicate<String> WEB_APPLICATION =
      Launch.jars(
          "tomcat-embed-core|tomcat-annotations-api",
          "HikariCP|postgresql|checker-qual|slf4j-(api|jdk14)");

  private static final Predicate<String> GUARD =
      Launch.jars("guard-core", "guard-servlet").and(jar -> !jar.endsWith("-tests.jar"));

  private enum Variant {
    PLAIN(false, Statewave.REVISIONS),
    GUARDED(true, Statewave.REVISIONS),
    GUARDED_LONG_HISTORY(true, LONG_HISTORY);

    final boolean guarded;
    final int revisions;

    Variant(boolean guarded, int revisions) {
      this.guarded = guarded;
      this.revisions = revisions;
    }
  }

  @TempDir private Path folder;

  @Test
  void measuresWhatTheListenerAddsToTheStart() throws Exception {
    Starts<Variant> starts = Starts.measure(launches(), ROUNDS);
    List<String> report = new ArrayList<>();
    report.add(
        "%s: %d cores, %s %s, Java %s, %s, PostgreSQL on the same machine, %d rounds."
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                ServerInfo.getServerInfo().replace("Apache ", "").replace('/', ' '),
                ROUNDS));
    report.addAll(Starts.header());
    report.addAll(rows("time until started", starts, Start::time));
    report.addAll(rows("processor time", starts, Start::processorTime));
    System.out.println(String.join("\n", report));
    PerformancePage.write("Tomcat", report);
  }

  private Map<Variant, Launch> launches() throws Exception {
    TestDatabase statewave = Launch.database(Statewave.REVISIONS);
    TestDatabase longHistory = Launch.database(LONG_HISTORY);
    Map<Variant, Launch> launches = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.values()) {
      TestDatabase database = variant.revisions == LONG_HISTORY ? longHistory : statewave;
      launches.put(
          variant,
          Launch.of(
              WebApplication.class,
              folder.resolve(variant.name()),
              WEB_APPLICATION,
              variant.guarded ? GUARD : null,
              variant.revisions,
              List.of(
                  database.url(),
                  database.user(),
                  database.password(),
                  folder.resolve("tomcat").toString(),
                  variant.guarded ? WebApplication.GUARDED : "plain")));
    }
    return launches;
  }

  private static List<String> rows(
      String what, Starts<Variant> starts, ToDoubleFunction<Start> figure) {
    return List.of(
        starts.row("12 revisions: " + what, Variant.PLAIN, Variant.GUARDED, figure),
        starts.row(
            "1,000 revisions: " + what, Variant.PLAIN, Variant.GUARDED_LONG_HISTORY, figure));
  }
}
