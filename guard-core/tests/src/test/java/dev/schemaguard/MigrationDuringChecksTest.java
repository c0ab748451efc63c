// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Figures;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Repetitions;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read while a real migration runs is one of the states that it goes through. */
class MigrationDuringChecksTest {

  private static final int ROUNDS = Repetitions.of(3);

  private static final List<String> CHAIN =
      Statewave.resource("statewave/schema-guard/revisions.txt")
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("::", -1)[1])
          .toList();

  private final TestDatabase database = Postgres.database();
  private volatile boolean over;

  @Test
  void everyReadingIsOneOfTheStatesThatTheSchemaGoesThrough() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(1);
    config.setAutoCommit(false);
    List<String> wrong = new ArrayList<>();
    try (HikariDataSource pool = new HikariDataSource(config)) {
      List<FutureTask<Readings>> readers =
          List.of(
              // 0012 expected, 0010 at least.
              reader(pool, "0.6.0", 12, 10),
              reader(database.dataSource(), "0.6.0", 12, 10),
              // 0005 expected, 0004 at least.
              reader(database.dataSource(), "0.3.0", 5, 4));
      migrate();
      over = true;
      for (FutureTask<Readings> reader : readers) {
        Readings readings = reader.get();
        wrong.addAll(readings.wrong());
        assertThat(readings.places()).hasSizeGreaterThan(CHAIN.size() / 2);
      }
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
    Patience.untilNoGuardThread(Duration.ofSeconds(10));
    Figures.record(
        "faults",
        "a changeset is applied or rolled back during checks",
        "a state before or after it",
        ROUNDS * 2 * CHAIN.size(),
        wrong.size());
    assertThat(wrong).isEmpty();
  }

  /**
   * The table is looked for in several steps, and a first migration may make it between any two.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aHistoryThatIsMadeAmidACheckIsReadOrNotThereYet(int statement) {
    AtomicInteger statements = new AtomicInteger();
    DataSource watched =
        SimpleDataSource.of(
            () ->
                beforeStatements(
                    database.dataSource().getConnection(),
                    () -> {
                      if (statements.incrementAndGet() == statement) {
                        Statewave.update(database.dataSource(), 1);
                      }
                    }));

    MigrationStatus status = Statewave.guard(watched, "0.1.0").build().check();

    assertThat(status.verdict())
        .as(status.summary())
        .isIn(Verdict.UNINITIALIZED, Verdict.UP_TO_DATE);
  }

  private static Connection beforeStatements(Connection connection, Runnable action) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("createStatement")) {
                action.run();
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void migrate() {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < CHAIN.size(); i++) {
        Statewave.update(database.dataSource(), 1);
      }
      for (int i = 0; i < CHAIN.size(); i++) {
        Statewave.rollback(database.dataSource(), 1);
      }
    }
  }

  /**
   * What was read.
   *
   * @param places how many revisions were applied in each state that was seen
   * @param wrong what was no state at all
   */
  private record Readings(Set<Integer> places, List<String> wrong) {}

  private FutureTask<Readings> reader(
      DataSource dataSource, String version, int expected, int minimum) {
    SchemaGuard guard = Statewave.guard(dataSource, version).build();
    FutureTask<Readings> reading =
        new FutureTask<>(
            () -> {
              Readings readings = new Readings(new TreeSet<>(), new ArrayList<>());
              while (!over) {
                MigrationStatus status = guard.check();
                int place = CHAIN.indexOf(status.currentRevision()) + 1;
                readings.places().add(place);
                State read =
                    new State(status.verdict(), status.pendingRevisions(), status.aheadRevisions());
                State state = State.at(place, expected, minimum);
                if (!read.equals(state)) {
                  readings.wrong().add(read + " " + status.error() + " instead of " + state);
                }
              }
              return readings;
            });
    new Thread(reading, "reader").start();
    return reading;
  }

  /** What the guard has to say of a state. */
  private record State(Verdict verdict, List<String> pending, List<String> ahead) {

    static State at(int applied, int expected, int minimum) {
      return new State(
          verdict(applied, expected, minimum),
          CHAIN.subList(Math.min(applied, expected), expected),
          CHAIN.subList(expected, Math.max(applied, expected)));
    }

    private static Verdict verdict(int applied, int expected, int minimum) {
      if (applied == 0) {
        return Verdict.UNINITIALIZED;
      }
      if (applied < minimum) {
        return Verdict.BEHIND;
      }
      if (applied > expected) {
        return Verdict.AHEAD_UNKNOWN;
      }
      return applied == expected ? Verdict.UP_TO_DATE : Verdict.BEHIND_COMPATIBLE;
    }
  }
}
