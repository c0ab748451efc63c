// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RecordedLog;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application with several databases. */
class SchemaGuardsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<SchemaGuard> opened = new ArrayList<>();

  @AfterEach
  void noThreadSurvives() throws InterruptedException {
    opened.forEach(SchemaGuard::close);
    Patience.untilNoGuardThread(PATIENCE);
  }

  private static SchemaGuardBuilder guard(String name, TestDatabase database) {
    return Statewave.guard(database.dataSource(), "0.6.1").name(name).mode(Mode.STRICT);
  }

  private static TestDatabase migrated(int count) {
    TestDatabase database = H2.database();
    if (count > 0) {
      Statewave.update(database.dataSource(), count);
    }
    return database;
  }

  private SchemaGuards of(SchemaGuardBuilder... builders) {
    for (SchemaGuardBuilder builder : builders) {
      opened.add(builder.build());
    }
    return SchemaGuards.of(opened);
  }

  @Test
  void everyDatabaseHasItsOwnVerdict() {
    SchemaGuards guards =
        of(
            guard("orders", migrated(12)),
            guard("reporting", migrated(9)).mode(Mode.WARN),
            guard("archive", migrated(0)).mode(Mode.WARN));

    Map<String, MigrationStatus> statuses = guards.enforce();

    assertThat(statuses.keySet()).containsExactly("orders", "reporting", "archive");
    assertThat(statuses.values())
        .extracting(MigrationStatus::verdict)
        .containsExactly(Verdict.UP_TO_DATE, Verdict.BEHIND, Verdict.UNINITIALIZED);
    assertThat(guards.check().get("reporting").verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(guards.byName().get("archive").status().verdict()).isEqualTo(Verdict.UNINITIALIZED);
    assertThat(guards.readiness()).isEqualTo(Readiness.READY);
  }

  @Test
  void everyVerdictIsLoggedBeforeTheFirstRefusalIsThrown() {
    SchemaGuards guards =
        of(
            guard("orders", migrated(9)),
            guard("reporting", migrated(12)),
            guard("archive", migrated(0)));
    try (RecordedLog log = new RecordedLog()) {

      IncompatibleSchemaException refusal =
          catchThrowableOfType(IncompatibleSchemaException.class, guards::enforce);

      assertThat(refusal.text())
          .startsWith(
              "Schema Guard refused to start statewave 0.6.1, database orders   [GUARD-BEHIND]");
      assertThat(refusal.getSuppressed()).hasSize(1);
      assertThat(refusal.getSuppressed()[0]).hasMessageContaining("[GUARD-UNINITIALIZED]");
      assertThat(log.lines()).hasSize(3);
      assertThat(log.lines())
          .anyMatch(
              line ->
                  line.matches(
                      "INFO statewave 0.6.1, database reporting: Schema is up to date; database SA@h2:mem:\\w+"))
          .anyMatch(line -> line.contains("database orders   [GUARD-BEHIND]"))
          .anyMatch(line -> line.contains("database archive   [GUARD-UNINITIALIZED]"));
      assertThat(guards.readiness()).isEqualTo(Readiness.NOT_READY);
    }
  }

  @Test
  void aConfigurationErrorHidesNoRefusal() {
    CompatibilityMatrix withoutChain =
        CompatibilityMatrix.builder().row("*", "0001", null, null).build();
    SchemaGuards guards =
        of(guard("orders", migrated(1)).matrix(withoutChain), guard("reporting", migrated(9)));

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(guards::enforce)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1))
        .satisfies(
            e -> assertThat(e.getSuppressed()[0]).isInstanceOf(IncompatibleSchemaException.class));
  }

  @Test
  void allAreAskedAtTheSameTime() {
    CyclicBarrier both = new CyclicBarrier(2);
    List<SchemaGuardBuilder> builders = new ArrayList<>();
    for (String name : List.of("orders", "reporting")) {
      TestDatabase database = migrated(12);
      builders.add(
          Statewave.guard(
                  SimpleDataSource.of(
                      () -> {
                        meet(both);
                        return database.dataSource().getConnection();
                      }),
                  "0.6.1")
              .name(name));
    }

    assertThat(of(builders.toArray(SchemaGuardBuilder[]::new)).check().values())
        .allMatch(MigrationStatus::compatible);
  }

  @Test
  void manyDatabasesOfOneServerGetItsFewConnectionsOneAfterTheOther() throws Exception {
    TestDatabase server = Postgres.database();
    Statewave.update(server.dataSource(), 12);
    String role = Postgres.role("few");
    server.execute(
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + role,
        "ALTER ROLE " + role + " CONNECTION LIMIT 3");
    SchemaGuardBuilder[] builders = new SchemaGuardBuilder[60];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = Statewave.guard(server.as(role, role), "0.6.1").name("tenant" + i);
    }

    assertThat(of(builders).check().values())
        .extracting(MigrationStatus::verdict)
        .containsOnly(Verdict.UP_TO_DATE);
    assertThat(SchemaGuards.of(opened).enforce()).hasSize(builders.length);
  }

  @Test
  void anInterruptEndsEveryWaitAtOnce() throws InterruptedException {
    SchemaGuards guards =
        of(
            guard("orders", migrated(0)).waitTimeout(Duration.ofMinutes(10)),
            guard("reporting", migrated(9)).waitTimeout(Duration.ofMinutes(10)));
    AtomicReference<IncompatibleSchemaException> refusal = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    try (RecordedLog log = new RecordedLog()) {
      Thread starting =
          new Thread(
              () -> {
                refusal.set(
                    catchThrowableOfType(IncompatibleSchemaException.class, guards::enforce));
                flag.set(Thread.currentThread().isInterrupted());
              });
      starting.start();
      Patience.until("both wait", PATIENCE, () -> log.lines().size() == 2);

      starting.interrupt();
      starting.join(PATIENCE.toMillis());

      assertThat(starting.isAlive()).isFalse();
      assertThat(refusal.get().getSuppressed()).hasSize(1);
      assertThat(flag.get()).isTrue();
    }
  }

  @Test
  void aDatabaseThatHangsHoldsUpNoOther() throws InterruptedException {
    CountDownLatch hang = new CountDownLatch(1);
    TestDatabase slow = migrated(12);
    SchemaGuards guards =
        of(
            Statewave.guard(
                    SimpleDataSource.of(
                        () -> {
                          Patience.await(hang);
                          return slow.dataSource().getConnection();
                        }),
                    "0.6.1")
                .name("orders")
                .timeout(Duration.ofMillis(200)),
            guard("reporting", migrated(12)));

    Map<String, MigrationStatus> statuses = guards.check();

    assertThat(statuses.get("orders").verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(statuses.get("reporting").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    hang.countDown();
  }

  @Test
  void closingThemEndsEveryThread() throws InterruptedException {
    SchemaGuards guards = of(guard("orders", migrated(12)), guard("reporting", migrated(9)));
    guards.readiness();

    guards.close();

    Patience.untilNoGuardThread(PATIENCE);
  }

  @Test
  void twoOfOneNameAreRefused() {
    TestDatabase database = migrated(0);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                SchemaGuards.of(
                    guard("orders", database).build(), guard("orders", database).build()))
        .withMessageContaining("two have the name 'orders'");
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
