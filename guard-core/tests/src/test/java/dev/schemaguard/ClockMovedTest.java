// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Faketime;
import dev.schemaguard.testing.Figures;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.RequiresFaketime;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose clock is set while the application runs; a JVM of its own plays it. */
class ClockMovedTest {

  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  @RequiresFaketime
  void neitherVerdictNorPaceNorPatienceDependOnTheClock() throws Exception {
    TestDatabase database = Postgres.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    database.execute(
        "UPDATE databasechangeloglock SET locked = true, lockedby = 'app7', lockgranted = now()");
    Path control = directory.resolve("clock");
    Path output = directory.resolve("output");
    Faketime.set(control, "+0");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ClockMovedTest.class.getName(),
            database.url(),
            database.user(),
            database.password(),
            control.toString());
    builder.environment().putAll(Faketime.environment(control));

    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();

    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(output)).isTrue();
    assertThat(Files.readString(output)).endsWith("all is well\n");
    Figures.record("faults", "the system clock is set a year ahead, then back", "UP_TO_DATE", 2, 0);
  }

  /** The application whose clock moves; its arguments: URL, user, password, control file. */
  public static void main(String[] arguments) {
    TestDatabase database = new TestDatabase(arguments[0], arguments[1], arguments[2]);
    RecordingDataSource recorded = new RecordingDataSource(database.dataSource());
    Path control = Path.of(arguments[3]);
    try (SchemaGuard guard =
        Statewave.guard(recorded.dataSource(), "0.6.1")
            .refreshInterval(Duration.ofMillis(50))
            // A JVM that begins with such a clock is slow, and slower beside another build.
            .timeout(Duration.ofSeconds(30))
            .build()) {
      assertThat(guard.enforce().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(guard.status().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      goesOnAfter(control, "+400d", YEAR, guard, recorded);
      goesOnAfter(control, "-400d", YEAR.negated(), guard, recorded);
      locksKeepTheirAge(guard);
      waitsNoLonger(control, database);
    }
    System.out.println("all is well");
  }

  private static void goesOnAfter(
      Path control,
      String offset,
      Duration atLeast,
      SchemaGuard guard,
      RecordingDataSource recorded) {
    Instant before = Instant.now();
    recorded.takeCalls();
    Faketime.set(control, offset);
    boolean ahead = !atLeast.isNegative();
    Patience.until(
        "the clock moves", PATIENCE, () -> Instant.now().isAfter(before.plus(atLeast)) == ahead);

    Patience.until(
        "the status is of the new time",
        PATIENCE,
        () -> guard.status().checkedAt().isAfter(before.plus(atLeast)) == ahead);
    List<String> calls = new ArrayList<>();
    Patience.until(
        "it goes on",
        PATIENCE,
        () -> {
          calls.addAll(recorded.takeCalls());
          return calls.size() > 3;
        });

    MigrationStatus status = guard.status();
    assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(status.stale()).isNull();
    assertThat(status.duration()).isBetween(Duration.ZERO, PATIENCE);
    assertThat(calls).allMatch(call -> call.startsWith("SELECT COUNT(*)"));
  }

  private static void locksKeepTheirAge(SchemaGuard guard) {
    MigrationLock lock = guard.checkWithLock().migrationLock();
    assertThat(lock.stale()).isFalse();
    assertThat(lock.age().abs()).isLessThan(Duration.ofDays(2));
  }

  private static void waitsNoLonger(Path control, TestDatabase database) {
    SchemaGuard waiting =
        Statewave.guard(database.dataSource(), "0.6.1")
            .history(new HistoryLocation(null, "nowhere", null))
            .build();
    long start = System.nanoTime();

    MigrationStatus status =
        waiting.await(Duration.ofSeconds(5), change -> Faketime.set(control, "+400d"));

    assertThat(status.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(20));
  }
}
