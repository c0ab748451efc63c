// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.status.MigrationStatus.Structure.Result;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Figures;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.StatewaveRelease;
import dev.schemaguard.testing.TestDatabase;
import dev.schemaguard.testing.WrittenSchemaFile;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Releases, played with real Liquibase and strict instances whose readiness is probed all the time:
 * none that can work on the schema is ever taken out.
 */
class RollingUpgradeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestDatabase database = Postgres.database();
  private final List<Instance> connectedVersions = new CopyOnWriteArrayList<>();
  private final List<String> takenOut = new CopyOnWriteArrayList<>();
  private final Thread prober = new Thread(this::probe, "prober");

  /** One instance of the application, with what its load balancer sees of it. */
  private record Instance(String name, SchemaGuard guard) {
    Verdict verdict() {
      return guard.status().verdict();
    }
  }

  @BeforeEach
  void startProbing() {
    prober.setDaemon(true);
    prober.start();
  }

  @AfterEach
  void noHealthyInstanceWasTakenOut() throws InterruptedException {
    prober.interrupt();
    prober.join();
    connectedVersions.forEach(instance -> instance.guard().close());
    Patience.untilNoGuardThread(PATIENCE);
    assertThat(takenOut).isEmpty();
  }

  private void probe() {
    while (!Thread.interrupted()) {
      for (Instance instance : connectedVersions) {
        if (!instance.guard().readiness().isServing()) {
          takenOut.add(instance.name() + ": " + instance.guard().status().summary());
        }
      }
      // Far more often than anything changes, without taking a processor from what is tried.
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
    }
  }

  private SchemaGuardBuilder guard(String version) {
    return Statewave.guard(database.dataSource(), version)
        .mode(Mode.STRICT)
        .refreshInterval(Duration.ofMillis(20));
  }

  /** Starts an instance as its own main would: refused, or probed from now on. */
  private Instance start(SchemaGuardBuilder builder, String name) {
    SchemaGuard guard = builder.build();
    guard.enforce();
    Instance instance = new Instance(name, guard);
    connectedVersions.add(instance);
    return instance;
  }

  private void stop(Instance instance) {
    connectedVersions.remove(instance);
    instance.guard().close();
  }

  private void untilAllSay(Verdict verdict, Readiness readiness) {
    Patience.until(
        "every instance says " + verdict,
        PATIENCE,
        () -> connectedVersions.stream().allMatch(instance -> instance.verdict() == verdict));
    assertThat(connectedVersions).allMatch(instance -> instance.guard().readiness() == readiness);
  }

  private void migrate(int count) {
    Statewave.update(database.dataSource(), count);
  }

  @Test
  void aRollingUpgradeOneStepAtATime() {
    migrate(9);
    List<Instance> old = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      old.add(start(guard("0.5.0"), "0.5.0 no. " + i));
    }
    untilAllSay(Verdict.UP_TO_DATE, Readiness.READY);

    for (int step = 10; step <= 12; step++) {
      migrate(1);
      untilAllSay(Verdict.AHEAD_UNKNOWN, Readiness.DEGRADED);
    }
    for (Instance instance : old) {
      start(guard("0.6.0").waitTimeout(PATIENCE), "the successor of " + instance.name());
      stop(instance);
    }

    untilAllSay(Verdict.UP_TO_DATE, Readiness.READY);
    record("a rolling upgrade, one step at a time", 3);
  }

  @Test
  void aRollingUpgradeWhoseMigrationsSayWhoSurvivesThem() {
    CompatibilityMatrix oldMatrix = orders("1.4.0", "1\n", "1", "1");
    CompatibilityMatrix newMatrix = orders("1.5.0", "1\n2\n3\n", "3", "2");
    ordersMigration("1").update();
    Instance old = start(guard("1.4.0").matrix(oldMatrix), "1.4.0");
    untilAllSay(Verdict.UP_TO_DATE, Readiness.READY);

    ordersMigration("1", "2").update();
    untilAllSay(Verdict.AHEAD_COMPATIBLE, Readiness.READY);
    Instance successor = start(guard("1.5.0").matrix(newMatrix), "1.5.0");
    assertThat(successor.verdict()).isEqualTo(Verdict.BEHIND_COMPATIBLE);
    start(guard("1.4.0").matrix(oldMatrix), "1.4.0, restarted meanwhile");

    stop(old);
    stop(connectedVersions.get(connectedVersions.size() - 1));
    ordersMigration("1", "2", "3").update();
    untilAllSay(Verdict.UP_TO_DATE, Readiness.READY);
    assertThatExceptionOfType(IncompatibleSchemaException.class)
        .isThrownBy(() -> start(guard("1.4.0").matrix(oldMatrix), "1.4.0, too late"))
        .satisfies(
            refusal ->
                assertThat(refusal.status().verdict()).isEqualTo(Verdict.AHEAD_INCOMPATIBLE));
    record("a rolling upgrade by expand and contract, with requires-app markers", 3);
  }

  /** Each release bundles the schema file of its own head, with what is newer than its minimum. */
  @Test
  void aRollingUpgradeWithSchemaFilesIsNeverCalledDrifted() throws SQLException {
    List<Verdict> seen = new CopyOnWriteArrayList<>();
    String of040 = schemaFile(5, 8);
    String of050 = schemaFile(9, 9);
    String of060 = schemaFile(10, 12);
    migrate(5);
    Instance first = start(withFile(StatewaveRelease.V0_4_0, of040), "0.4.0, at its minimum");
    first.guard().addListener((before, now) -> seen.add(now.verdict()));
    for (int revision = 6; revision <= 9; revision++) {
      migrate(1);
      Verdict verdict =
          revision < 8
              ? Verdict.BEHIND_COMPATIBLE
              : revision == 8 ? Verdict.UP_TO_DATE : Verdict.AHEAD_UNKNOWN;
      untilAllSay(verdict, revision < 9 ? Readiness.READY : Readiness.DEGRADED);
      assertThat(first.guard().check().structure().result()).isEqualTo(Result.INTACT);
    }
    Instance second = start(withFile(StatewaveRelease.V0_5_0, of050), "0.5.0");
    stop(first);
    assertThat(second.guard().status().structure().result()).isEqualTo(Result.INTACT);

    // 0010 makes a column NOT NULL that 0.5.0 need not write, by its own schema file.
    stop(second);
    migrate(1);
    assertThat(second.guard().check().problem().code()).isEqualTo("GUARD-AHEAD-STRUCTURE");
    Instance third = start(withFile(StatewaveRelease.V0_6_0, of060), "0.6.0, at its minimum");
    third.guard().addListener((before, now) -> seen.add(now.verdict()));
    for (Verdict verdict : List.of(Verdict.BEHIND_COMPATIBLE, Verdict.UP_TO_DATE)) {
      migrate(1);
      untilAllSay(verdict, Readiness.READY);
      Instance next = start(withFile(StatewaveRelease.V0_6_0, of060), "0.6.0, later");
      assertThat(next.guard().status().structure().result()).isEqualTo(Result.INTACT);
    }

    assertThat(seen).isNotEmpty().doesNotContain(Verdict.DRIFTED);
    record("a rolling upgrade with schema files", 5);
  }

  private SchemaGuardBuilder withFile(StatewaveRelease release, String schemaFile) {
    return release
        .guard(database.dataSource(), schemaFile)
        .mode(Mode.STRICT)
        .refreshInterval(Duration.ofMillis(20));
  }

  /**
   * The schema file that was first written at {@code first}, and kept current up to {@code head}.
   */
  private static String schemaFile(int first, int head) throws SQLException {
    TestDatabase migrated = Postgres.database();
    Statewave.update(migrated.dataSource(), first);
    WrittenSchemaFile file = new WrittenSchemaFile(migrated).update(null);
    for (int revision = first + 1; revision <= head; revision++) {
      Statewave.update(migrated.dataSource(), 1);
      file.update("%04d".formatted(revision));
    }
    return file.text();
  }

  @Test
  void aCanaryThatIsRolledBack() {
    migrate(9);
    for (int i = 1; i <= 3; i++) {
      start(guard("0.5.0"), "0.5.0 no. " + i);
    }

    migrate(3);
    Instance canary = start(guard("0.6.1"), "the canary");
    Patience.until(
        "the fleet sees the canary's schema",
        PATIENCE,
        () -> connectedVersions.get(0).verdict() == Verdict.AHEAD_UNKNOWN);
    stop(canary);
    untilAllSay(Verdict.AHEAD_UNKNOWN, Readiness.DEGRADED);

    for (int step = 12; step >= 10; step--) {
      Statewave.rollback(database.dataSource(), 1);
    }
    untilAllSay(Verdict.UP_TO_DATE, Readiness.READY);
    record("a canary that is rolled back, then its migrations", 4);
  }

  @Test
  void aCanaryWhoseMigrationFails() throws SQLException {
    migrate(9);
    for (int i = 1; i <= 3; i++) {
      start(guard("0.5.0"), "0.5.0 no. " + i);
    }
    untilAllSay(Verdict.UP_TO_DATE, Readiness.READY);

    migrate(2);
    database.execute("UPDATE databasechangelog SET exectype = 'FAILED' WHERE orderexecuted = 11");
    untilAllSay(Verdict.FAILED, Readiness.DEGRADED);
    assertThatExceptionOfType(IncompatibleSchemaException.class)
        .isThrownBy(() -> start(guard("0.6.1"), "the canary"));

    database.execute("DELETE FROM databasechangelog WHERE orderexecuted = 11");
    Statewave.rollback(database.dataSource(), 1);
    untilAllSay(Verdict.UP_TO_DATE, Readiness.READY);
    record("a canary whose migration fails, repaired and rolled back", 3);
  }

  private LiquibaseRun ordersMigration(String... ids) {
    Map<String, String> comments =
        new TreeMap<>(Map.of("1", "", "2", "requires-app 1.4.0", "3", "requires-app 1.5.0"));
    StringBuilder changesets = new StringBuilder();
    for (String id : ids) {
      changesets.append(
          "<changeSet id=\"%s\" author=\"tester\"><comment>%s</comment><sql>SELECT 1</sql></changeSet>"
              .formatted(id, comments.get(id)));
    }
    return LiquibaseRun.ofXml(database.dataSource(), "db/orders.xml", changesets.toString());
  }

  private static CompatibilityMatrix orders(
      String version, String chain, String expected, String min) {
    return CompatibilityMatrix.builder()
        .row(version, expected, min, null)
        .chain(RevisionChain.parse(chain, "revisions.txt"))
        .build();
  }

  private static void record(String story, int instances) {
    Figures.record("stories", story, instances, 0);
  }
}
