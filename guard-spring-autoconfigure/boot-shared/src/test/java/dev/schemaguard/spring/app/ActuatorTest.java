// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.spring.SchemaStatusChangedEvent;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import statewave.Changes;

/** What a running strict application answers over HTTP, and a warning one beside it. */
class ActuatorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern GAUGE = Pattern.compile("schema_guard_\\w+");
  private static final Pattern KEY = Pattern.compile("\"(\\w+)\": ");

  private static TestDatabase database;
  private static RunningApplication strict;
  private static RunningApplication warning;

  @BeforeAll
  static void start() throws Exception {
    database = Postgres.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    String version = "--spring.application.version=0.6.1";
    String interval = "--schema-guard.refresh-interval=100ms";
    strict = RunningApplication.start(database, "--schema-guard.mode=strict", version, interval);
    warning = RunningApplication.start(database, version, interval);
  }

  @AfterAll
  static void stop() {
    strict.close();
    warning.close();
  }

  @AfterEach
  void migrateAgain() {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    until("/actuator/health/readiness", 200);
  }

  private static void until(String path, int code) {
    Patience.until(path + " answers " + code, PATIENCE, () -> strict.get(path).statusCode() == code);
  }

  private static List<String> keys(String json) {
    return KEY.matcher(json).results().map(result -> result.group(1)).toList();
  }

  @Nested
  class TheEndpoint {

    @Test
    void givesTheStatusWithAllOfItsKeysAndNulls() {
      HttpResponse<String> answer = strict.get("/actuator/migrations");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type").orElseThrow()).contains("json");
      assertThat(keys(answer.body()))
          .containsExactly(
              "current_revision",
              "expected_head",
              "is_compatible",
              "pending_count",
              "pending_revisions",
              "error",
              "summary",
              "detail",
              "verdict",
              "application",
              "app_version",
              "matrix_row",
              "min_compatible_revision",
              "max_compatible_revision",
              "ahead_revisions",
              "failed_revisions",
              "tool",
              "migration_lock",
              "problem",
              "notes",
              "stale",
              "checked_at",
              "duration_ms",
              "structure");
      assertThat(answer.body())
          .contains(
              "\"current_revision\": \"0012_add_health_cache\"",
              "\"error\": null",
              "\"problem\": null",
              "\"application\": \"statewave\"",
              "\"app_version\": \"0.6.1\"");
    }

    @Test
    void answersWhetherAnotherVersionWouldRunHere() {
      assertThat(strict.text("/actuator/migrations?app-version=0.5.0"))
          .contains("\"app_version\":\"0.5.0\"", "\"verdict\":\"AHEAD_UNKNOWN\"");
      assertThat(strict.text("/actuator/migrations?app-version=0.6.0"))
          .contains("\"app_version\":\"0.6.0\"", "\"verdict\":\"UP_TO_DATE\"");
      assertThat(strict.text("/actuator/migrations?app-version=7.0.0"))
          .contains("\"verdict\":\"UNKNOWN_VERSION\"");
    }

    @Test
    void isReadAsUtf8() {
      Statewave.rollback(database.dataSource(), 1);
      until("/actuator/health/readiness", 503);

      HttpResponse<String> answer = strict.get("/actuator/migrations");

      assertThat(answer.body()).contains("0011_scope_subject_ref_to_tenant → 0012_add_health_cache");
    }

    @Test
    void hasNoGuardOfAnyName() {
      assertThat(strict.get("/actuator/migrations/other").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void onlyStrictTakesAnInstanceOutAndTheVerdictIsShownInBoth() {
    assertThat(strict.text("/actuator/health/readiness")).contains("\"status\":\"UP\"");

    Statewave.rollback(database.dataSource(), 1);
    until("/actuator/health/readiness", 503);

    assertThat(schemaHealth(strict)).contains("\"status\":\"DOWN\"", "\"verdict\":\"BEHIND\"");
    assertThat(strict.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    Patience.until("warning", PATIENCE, () -> warning.text("/actuator/health").contains("\"verdict\":\"BEHIND\""));
    assertThat(warning.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    assertThat(schemaHealth(warning)).contains("\"status\":\"UP\"");
  }

  @Test
  void whoMayNotSeeDetailsSeesTheVerdict() {
    assertThat(strict.text("/actuator/health/quiet"))
        .contains("\"status\":\"UP\"", "\"details\":{\"verdict\":\"UP_TO_DATE\"}");
  }

  private static String schemaHealth(RunningApplication application) {
    return application.text("/actuator/health/schema");
  }

  @Test
  void infoTellsWhereTheDatabaseStands() {
    assertThat(strict.text("/actuator/info"))
        .contains(
            "\"schema\":{\"verdict\":\"UP_TO_DATE\",\"compatible\":true",
            "\"current\":\"0012_add_health_cache\"");
  }

  @Test
  void metricsAreGauges() {
    assertThat(strict.text("/actuator/metrics/schema.guard.compatible"))
        .contains("\"value\":1.0");
    Statewave.rollback(database.dataSource(), 2);
    // Two changesets are undone in two transactions, and a refresh may come between them.
    Patience.until(
        "both are pending",
        PATIENCE,
        () -> strict.get("/actuator/prometheus").body().contains("schema_guard_pending 2.0"));

    assertThat(strict.get("/actuator/prometheus").body())
        .contains(
            "schema_guard_compatible 0.0",
            "schema_guard_pending 2.0",
            "schema_guard_ahead 0.0",
            "schema_guard_verdict{verdict=\"BEHIND\"} 1.0",
            "schema_guard_verdict{verdict=\"UP_TO_DATE\"} 0.0")
        .containsPattern("schema_guard_age_seconds [0-9.E-]+\n");
  }

  @Test
  void theDashboardAsksForGaugesThatExist() throws Exception {
    String scraped = strict.get("/actuator/prometheus").body();
    String dashboard =
        Files.readString(Document.root().resolve("docs/deploy/grafana-dashboard.json"));

    List<String> gauges =
        GAUGE.matcher(dashboard).results().map(MatchResult::group).distinct().sorted().toList();

    assertThat(gauges)
        .containsExactly(
            "schema_guard_age_seconds",
            "schema_guard_ahead",
            "schema_guard_compatible",
            "schema_guard_pending",
            "schema_guard_tenants",
            "schema_guard_verdict");
    // The gauge of tenants is that of a guard that has some.
    assertThat(gauges)
        .allSatisfy(
            gauge ->
                assertThat(gauge.equals("schema_guard_tenants") || scraped.contains(gauge)).isTrue());
  }

  @Test
  void eachChangeOfTheVerdictIsAnApplicationEvent() {
    List<SchemaStatusChangedEvent> events = strict.context().getBean(Changes.class).events();
    int before = events.size();

    Statewave.rollback(database.dataSource(), 1);
    Patience.until("an event", PATIENCE, () -> events.size() > before);

    assertThat(events.get(before).before().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(events.get(before).now().verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(events.get(before).guard()).isEmpty();
  }
}
