// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The alert rules, evaluated by Prometheus's promtool on the statuses of real guards: each rule has
 * a story in which it fires, and healthy stories in which none does.
 */
@RequiresPromtool
@Tag("full")
class AlertRulesTest {

  /** Rolling releases: 0.6.x admits the schema of 0.5.0, which is known to work on 0012. */
  private static final CompatibilityMatrix ROLLING =
      matrix(
          """
          | 0.4.0 | 0008 | 0005 | |
          | 0.5.0 | 0009 | 0009 | 0012 |
          | 0.6.0 | 0012 | 0009 | |
          | 0.6.1 | 0012 | 0012 | |
          """);

  /** The same releases without a word about newer schemas. */
  private static final CompatibilityMatrix SILENT =
      matrix(
          """
          | 0.5.0 | 0009 | 0009 | |
          | 0.6.1 | 0012 | 0012 | |
          """);

  private static final int HOUR = 60;

  @TempDir Path temp;

  private final TestDatabase database = H2.database();
  private final Map<String, SchemaGuard> running = new LinkedHashMap<>();
  private DataSource dataSource = database.dataSource();
  private CompatibilityMatrix matrix = ROLLING;
  private AlertStory story;

  @BeforeEach
  void begin() {
    story = new AlertStory(temp);
  }

  private static CompatibilityMatrix matrix(String rows) {
    return CompatibilityMatrix.parse(
        """
        Application: statewave
        Unknown ahead: refused

        | App version | Expected | Min | Max |
        |---|---|---|---|
        """
            + rows,
        RevisionChain.parse(
            Statewave.resource("statewave/schema-guard/revisions.txt"), "revisions.txt"));
  }

  private void start(String version, String... instances) {
    for (String instance : instances) {
      running.put(
          instance,
          SchemaGuard.builder(dataSource)
              .matrix(matrix)
              .applicationVersion(version)
              .environment(name -> null)
              .build());
    }
  }

  private void stop(String instance) {
    running.remove(instance).close();
  }

  private MigrationStatus check(String instance) {
    return running.get(instance).check();
  }

  /** Minutes in which nothing changes. */
  private void live(int minutes) {
    Map<String, Double> scraped = new HashMap<>();
    running.forEach((instance, guard) -> scraped.putAll(gauges(instance, guard.check())));
    story.minutes(minutes, scraped);
  }

  /** Minutes without an answer of the database: every gauge but the age stays. */
  private void liveWithoutDatabase(int minutes) {
    Map<String, Double> scraped = new HashMap<>();
    running.forEach((instance, guard) -> scraped.putAll(gauges(instance, guard.check())));
    for (int minute = 1; minute <= minutes; minute++) {
      double age = minute * 60.0;
      scraped.replaceAll((name, value) -> name.contains("age_seconds") ? age : value);
      story.minute(scraped);
    }
  }

  /** The gauges of guard-spring-autoconfigure, as Prometheus names them. */
  private static Map<String, Double> gauges(String instance, MigrationStatus status) {
    String labels = "job=\"statewave\",instance=\"" + instance + "\"";
    Map<String, Double> gauges = new HashMap<>();
    for (Verdict verdict : Verdict.values()) {
      gauges.put(
          "schema_guard_verdict{" + labels + ",verdict=\"" + verdict + "\"}",
          status.verdict() == verdict ? 1.0 : 0.0);
    }
    if (status.verdict().isKnown()) {
      Map.of(
              "compatible",
              status.compatible() ? 1.0 : 0.0,
              "pending",
              (double) status.pendingRevisions().size(),
              "ahead",
              (double) status.aheadRevisions().size(),
              "age_seconds",
              30.0)
          .forEach((name, value) -> gauges.put("schema_guard_" + name + "{" + labels + "}", value));
    }
    return gauges;
  }

  @Test
  void areAcceptedByPrometheus() throws Exception {
    Path rules = Document.root().resolve("docs/deploy/alerts.yaml");
    assertThat(AlertStory.promtool("check", "rules", rules.toString()))
        .contains("SUCCESS: 13 rules found");
  }

  @Test
  void everyGaugeIsOneThatSpringBootsAdapterExports() {
    String row =
        Document.of("docs/reference/spring-boot.md")
            .tables("part", "content")
            .get(0)
            .rows()
            .stream()
            .filter(cells -> cells.get(0).equals("gauges"))
            .findFirst()
            .orElseThrow()
            .get(1);
    Set<String> exported =
        Pattern.compile("`(?:schema\\.guard)?\\.(\\w+)`( \\(seconds)?")
            .matcher(row)
            .results()
            .map(
                each -> "schema_guard_" + each.group(1) + (each.group(2) == null ? "" : "_seconds"))
            .collect(Collectors.toSet());
    Set<String> used =
        Pattern.compile("schema_guard_\\w+")
            .matcher(DeploymentFile.of("alerts.yaml").values("expr").toString())
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(exported).hasSize(6).containsAll(used);
    assertThat(used).hasSize(5);
  }

  /** In these, nothing may fire. */
  @Nested
  class HealthySituations {

    @Test
    void aRollOutOfAReleaseThatTheOldVersionSurvives() throws Exception {
      Statewave.update(dataSource, 9);
      start("0.5.0", "old-1", "old-2", "old-3");
      live(10);
      for (int migration = 10; migration <= 12; migration++) {
        Statewave.update(dataSource, 1);
        live(20);
      }
      assertThat(check("old-1").aheadRevisions()).hasSize(3);
      for (int replaced = 1; replaced <= 3; replaced++) {
        start("0.6.1", "new-" + replaced);
        live(10);
        stop("old-" + replaced);
      }
      live(25 * HOUR);
      story.fired();
    }

    @Test
    void aRollOutWhoseOldInstancesServeButCouldNotRestart() throws Exception {
      matrix = SILENT;
      Statewave.update(dataSource, 9);
      start("0.5.0", "old-1", "old-2");
      live(10);
      Statewave.update(dataSource, 3);
      assertThat(check("old-1").verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(check("old-1").compatible()).isFalse();
      live(HOUR);
      start("0.6.1", "new-1", "new-2");
      stop("old-1");
      live(30);
      stop("old-2");
      live(2 * HOUR);
      story.fired();
    }

    @Test
    void aRollbackOfTheApplicationAloneToAVersionThatTheNewerSchemaAdmits() throws Exception {
      Statewave.update(dataSource, 12);
      start("0.6.1", "new-1", "new-2");
      live(HOUR);
      start("0.5.0", "old-1", "old-2");
      live(5);
      stop("new-1");
      stop("new-2");
      live(25 * HOUR);
      assertThat(check("old-1").verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      story.fired();
    }

    @Test
    void aNewVersionThatRunsBeforeItsLastMigrations() throws Exception {
      Statewave.update(dataSource, 10);
      start("0.6.0", "early");
      assertThat(check("early").pendingRevisions()).hasSize(2);
      live(30);
      Statewave.update(dataSource, 2);
      live(2 * HOUR);
      story.fired();
    }

    @Test
    void anInstanceThatOnlyWarnsAndIsAFewMinutesEarly() throws Exception {
      Statewave.update(dataSource, 11);
      start("0.6.1", "early");
      assertThat(check("early").compatible()).isFalse();
      live(4);
      Statewave.update(dataSource, 1);
      live(HOUR);
      story.fired();
    }

    @Test
    void aDatabaseThatFailsOver() throws Exception {
      Statewave.update(dataSource, 12);
      start("0.6.1", "one");
      live(10);
      liveWithoutDatabase(8);
      live(10);
      story.fired();
    }

    @Test
    void aStartDuringAFailOver() throws Exception {
      dataSource = unreachable();
      start("0.6.1", "one");
      live(4);
      stop("one");
      dataSource = database.dataSource();
      Statewave.update(dataSource, 12);
      start("0.6.1", "one");
      live(10);
      story.fired();
    }

    @Test
    void aFirstDeploymentThatWaitsForItsMigrations() throws Exception {
      story.minutes(12, Map.of());
      Statewave.update(dataSource, 12);
      start("0.6.1", "one");
      live(HOUR);
      story.fired();
    }
  }

  /** In these, exactly the rule for the trouble fires. */
  @Nested
  class Trouble {

    @Test
    void anInstanceThatAMigrationExcludes() throws Exception {
      Statewave.marked(dataSource, Map.of("0010_require_tenant_id", "0.6.0")).update(12);
      start("0.4.0", "forgotten");
      assertThat(check("forgotten").verdict()).isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
      live(5);
      story.fired();
      live(1);
      story.fired("SchemaIncompatible");
    }

    @Test
    void aSchemaThatWasRolledBackBeneathItsInstances() throws Exception {
      Statewave.update(dataSource, 11);
      start("0.6.1", "one", "two");
      assertThat(check("one").verdict()).isEqualTo(Verdict.BEHIND);
      live(10);
      story.fired("SchemaIncompatible");
    }

    @Test
    void anInstanceThatServesAndCannotRestart() throws Exception {
      matrix = SILENT;
      Statewave.update(dataSource, 12);
      start("0.5.0", "old");
      live(2 * HOUR);
      story.fired();
      live(1);
      story.fired("SchemaCannotRestart");
    }

    @Test
    void aFailedMigration() throws Exception {
      Statewave.update(dataSource, 12);
      database.execute("UPDATE DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ID LIKE '0012%'");
      start("0.6.1", "one", "two");
      live(10);
      story.fired("SchemaMigrationFailed");
    }

    @Test
    void aDatabaseThatWasNeverReached() throws Exception {
      dataSource = unreachable();
      start("0.6.1", "one");
      live(10);
      story.fired("SchemaUnreachable");
    }

    @Test
    void aHistoryThatCannotBeRead() throws Exception {
      Statewave.update(dataSource, 12);
      database.execute("ALTER TABLE DATABASECHANGELOG DROP COLUMN EXECTYPE");
      start("0.6.1", "one");
      assertThat(check("one").verdict()).isEqualTo(Verdict.UNREADABLE);
      live(15);
      story.fired("SchemaUnreadable");
    }

    @Test
    void aVersionWithoutARow() throws Exception {
      Statewave.update(dataSource, 12);
      start("0.9.0", "one");
      live(15);
      story.fired("SchemaVersionUnknown");
    }

    @Test
    void migrationsThatAreNeverFinished() throws Exception {
      Statewave.update(dataSource, 10);
      start("0.6.0", "one");
      live(2 * HOUR);
      story.fired();
      live(1);
      story.fired("SchemaPendingForLong");
    }

    @Test
    void anOldInstanceThatWasForgottenBesideNewOnes() throws Exception {
      Statewave.update(dataSource, 12);
      start("0.5.0", "forgotten");
      start("0.6.1", "new-1", "new-2");
      live(24 * HOUR);
      story.fired();
      live(1);
      story.fired("SchemaAheadForLong");
    }

    @Test
    void aDatabaseThatStaysAway() throws Exception {
      Statewave.update(dataSource, 12);
      start("0.6.1", "one");
      live(10);
      liveWithoutDatabase(20);
      story.fired("SchemaStatusStale");
    }

    @Test
    void instancesThatAllRefuseToStart() throws Exception {
      Statewave.update(dataSource, 12);
      start("0.6.1", "one");
      live(10);
      story.minutes(16, Map.of());
      story.fired("SchemaMetricsAbsent");
    }
  }

  /** Of these, kube-state-metrics reports. Schema Guard's own gauges are as they should be. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kube_job_failed{job_name="statewave-migrate-0-6-1",condition="true"}                               | 1 | SchemaMigrationJobFailed
          kube_job_failed{job_name="statewave-migrate-0-6-1",condition="true"}                               | 0 |
          kube_job_status_failed{job_name="statewave-migrate-0-6-1"}                                         | 2 |
          kube_job_failed{job_name="reports-nightly",condition="true"}                                       | 1 |
          kube_deployment_status_condition{deployment="statewave",condition="Progressing",status="false"}    | 1 | SchemaRolloutStuck
          kube_deployment_status_condition{deployment="statewave",condition="Progressing",status="true"}     | 1 |
          kube_deployment_status_condition{deployment="statewave",condition="Available",status="false"}      | 1 |
          kube_deployment_status_replicas_available{deployment="statewave"}                                  | 2 | SchemaInstancesMissing
          kube_deployment_status_replicas_available{deployment="statewave"}                                  | 3 |
          kube_deployment_status_replicas_available{deployment="statewave"}                                  | 4 |
          """)
  void kubernetesReportsWhatNoInstanceCan(String series, double value, String alert)
      throws Exception {
    Map<String, Double> scraped = new HashMap<>();
    scraped.put("schema_guard_verdict{job=\"statewave\",verdict=\"UP_TO_DATE\"}", 1.0);
    scraped.put(series, value);
    scraped.put("kube_deployment_spec_replicas{deployment=\"statewave\"}", 3.0);
    story.minutes(20, scraped);
    story.fired(alert == null ? new String[0] : new String[] {alert});
  }

  private static DataSource unreachable() {
    return SimpleDataSource.of(
        () -> {
          throw new SQLException("Connection refused", "08001");
        });
  }
}
