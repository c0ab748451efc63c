// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.docs.Document;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alert rules, evaluated on what real guards say while a release is rolled out. */
class AlertRulesTest {

  /** Versions that survive each other, as a release must have them to be rolled out. */
  private static final CompatibilityMatrix MATRIX =
      CompatibilityMatrix.parse(
          """
          Application: statewave
          Unknown ahead: refused

          | App version | Expected | Min | Max |
          |---|---|---|---|
          | 0.4.0 | 0008 | 0005 | |
          | 0.5.0 | 0009 | 0009 | 0012 |
          | 0.6.0 | 0012 | 0009 | |
          | 0.6.1 | 0012 | 0012 | |
          """,
          RevisionChain.parse(
              Statewave.resource("statewave/schema-guard/revisions.txt"), "revisions.txt"));

  private static final int HOUR = 60;

  private final TestDatabase database = H2.database();

  /** What Prometheus sees of one instance, minute by minute. */
  private final class Instance {
    final String version;
    final List<Map<String, Double>> samples = new ArrayList<>();

    Instance(String version, int startedAt) {
      this.version = version;
      for (int minute = 0; minute < startedAt; minute++) {
        samples.add(Map.of());
      }
    }

    MigrationStatus check() {
      try (SchemaGuard guard =
          SchemaGuard.builder(database.dataSource())
              .matrix(MATRIX)
              .applicationVersion(version)
              .environment(name -> null)
              .build()) {
        return guard.check();
      }
    }

    /** Minutes in which nothing changes. */
    Instance live(int minutes) {
      Map<String, Double> gauges = gauges(check());
      for (int minute = 0; minute < minutes; minute++) {
        samples.add(gauges);
      }
      return this;
    }

    /** Minutes without an answer: the gauges stay, and grow old. */
    Instance liveWithoutDatabase(int minutes) {
      Map<String, Double> last = samples.get(samples.size() - 1);
      for (int minute = 1; minute <= minutes; minute++) {
        Map<String, Double> gauges = new HashMap<>(last);
        gauges.put("schema_guard_age_seconds", minute * 60.0);
        samples.add(gauges);
      }
      return this;
    }
  }

  /** The gauges of guard-spring-autoconfigure, by the names that Prometheus has for them. */
  private static Map<String, Double> gauges(MigrationStatus status) {
    Map<String, Double> gauges = new HashMap<>();
    gauges.put("schema_guard_compatible", status.compatible() ? 1.0 : 0.0);
    gauges.put("schema_guard_pending", (double) status.pendingRevisions().size());
    gauges.put("schema_guard_ahead", (double) status.aheadRevisions().size());
    gauges.put("schema_guard_age_seconds", 30.0);
    for (Verdict verdict : Verdict.values()) {
      gauges.put(
          "schema_guard_verdict{verdict=\"" + verdict + "\"}",
          status.verdict() == verdict ? 1.0 : 0.0);
    }
    return gauges;
  }

  private static List<String> firing(Instance instance) {
    return AlertRule.all().stream()
        .filter(rule -> !rule.firing(instance.samples).isEmpty())
        .map(AlertRule::name)
        .toList();
  }

  @Test
  void everyGaugeIsOneThatSpringBootsAdapterExports() {
    String row =
        Document.of("docs/spring-boot.md").tables("part", "where").get(0).rows().stream()
            .filter(cells -> cells.get(0).equals("gauges"))
            .findFirst()
            .orElseThrow()
            .get(1);
    List<String> exported =
        Pattern.compile("`(?:schema\\.guard)?\\.(\\w+)`( \\(seconds)?")
            .matcher(row)
            .results()
            .map((MatchResult gauge) -> gauge)
            .map(
                gauge ->
                    "schema_guard_" + gauge.group(1) + (gauge.group(2) == null ? "" : "_seconds"))
            .toList();
    assertThat(exported).hasSize(6);
    assertThat(AlertRule.all()).hasSize(5).extracting(AlertRule::gauge).isSubsetOf(exported);
  }

  @Test
  void areSilentWhileAReleaseIsRolledOut() {
    Statewave.update(database.dataSource(), 9);
    List<Instance> old = Stream.generate(() -> new Instance("0.5.0", 0)).limit(3).toList();
    old.forEach(instance -> instance.live(10));
    Instance waiting = new Instance("0.6.1", 0);
    for (int migration = 10; migration <= 12; migration++) {
      assertThat(waiting.check().compatible()).as("its init container waits").isFalse();
      Statewave.update(database.dataSource(), 1);
      old.forEach(instance -> instance.live(20));
    }
    List<Instance> all = new ArrayList<>(old);
    for (int replaced = 0; replaced < 3; replaced++) {
      Instance next = new Instance("0.6.1", 70 + 10 * replaced);
      assertThat(next.check().compatible()).as("its init container ends").isTrue();
      old.stream().skip(replaced).forEach(instance -> instance.live(10));
      all.add(next.live(2 * HOUR));
    }

    assertThat(old.get(0).samples.get(69)).containsEntry("schema_guard_ahead", 3.0);
    assertThat(all).hasSize(6).allSatisfy(instance -> assertThat(firing(instance)).isEmpty());
  }

  @Test
  void areSilentWhileANewVersionRunsBeforeItsLastMigrations() {
    Statewave.update(database.dataSource(), 10);
    Instance early = new Instance("0.6.0", 0).live(30);
    Statewave.update(database.dataSource(), 2);
    early.live(2 * HOUR);

    assertThat(early.samples.get(0)).containsEntry("schema_guard_pending", 2.0);
    assertThat(firing(early)).isEmpty();
  }

  @Test
  void areSilentWhileAnInstanceThatOnlyWarnsIsAFewMinutesEarly() {
    Statewave.update(database.dataSource(), 11);
    Instance early = new Instance("0.6.1", 0).live(4);
    Statewave.update(database.dataSource(), 1);
    early.live(HOUR);

    assertThat(early.samples.get(0)).containsEntry("schema_guard_compatible", 0.0);
    assertThat(firing(early)).isEmpty();
  }

  @Test
  void areSilentWhileADatabaseFailsOver() {
    Statewave.update(database.dataSource(), 12);

    assertThat(firing(new Instance("0.6.1", 0).live(10).liveWithoutDatabase(8).live(10))).isEmpty();
  }

  @Test
  void fireForAnInstanceThatNobodyAdmits() {
    Statewave.update(database.dataSource(), 8);
    Instance forgotten = new Instance("0.4.0", 0).live(10);
    Statewave.update(database.dataSource(), 4);
    forgotten.live(10);

    assertThat(firing(forgotten)).containsExactly("SchemaIncompatible");
    assertThat(AlertRule.all().get(0).firing(forgotten.samples)).startsWith(15);
  }

  @Test
  void fireForAMigrationThatFailed() throws Exception {
    Statewave.update(database.dataSource(), 12);
    database.execute("UPDATE DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ID LIKE '0012%'");

    assertThat(firing(new Instance("0.6.1", 0).live(10)))
        .containsExactly("SchemaIncompatible", "SchemaMigrationFailed");
  }

  @Test
  void fireForAMigrationThatIsNeverFinished() {
    Statewave.update(database.dataSource(), 10);

    assertThat(firing(new Instance("0.6.0", 0).live(2 * HOUR))).isEmpty();
    assertThat(firing(new Instance("0.6.0", 0).live(2 * HOUR + 1)))
        .containsExactly("SchemaPendingForLong");
  }

  @Test
  void fireForAnOldVersionThatIsForgotten() {
    Statewave.update(database.dataSource(), 12);

    assertThat(firing(new Instance("0.5.0", 0).live(25 * HOUR)))
        .containsExactly("SchemaAheadForLong");
  }

  @Test
  void fireForADatabaseThatStaysAway() {
    Statewave.update(database.dataSource(), 12);

    assertThat(firing(new Instance("0.6.1", 0).live(10).liveWithoutDatabase(20)))
        .containsExactly("SchemaUntold");
  }
}
