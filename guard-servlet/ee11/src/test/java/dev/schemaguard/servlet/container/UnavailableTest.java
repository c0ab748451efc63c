// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.RecordedLog;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that was refused and keeps its context: {@code on-refusal} is serve-503. */
@ParameterizedClass
@EnumSource(Container.class)
class UnavailableTest {

  /** A filter of the application that answers everything itself. */
  public static final class Own extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException {
      response.getWriter().write("hello from the filter");
    }
  }

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Parameter Container container;
  @TempDir Path folder;
  private final TestDatabase database = H2.database();

  private RunningApp app() {
    return app("0.6.0");
  }

  private RunningApp app(String version) {
    return WebApp.statewave(folder)
        .strict()
        .with("schema-guard.application-version", version)
        .pages()
        .with("schema-guard.on-refusal", "serve-503")
        .with("schema-guard.refresh-interval", "200ms")
        .with("schema-guard.environment", "staging")
        .guarded(database)
        .in(container);
  }

  @Test
  void requestsGetTheProblemUntilTheSchemaIsCompatibleAndThenPass() {
    Statewave.update(database.dataSource(), 9);
    try (RunningApp app = app()) {
      HttpResponse<String> refused = app.get("/app");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(refused.body())
          .contains(
              "\"type\": \"urn:schema-guard:problem:GUARD-BEHIND\"",
              "\"status\": 503",
              "\"code\": \"GUARD-BEHIND\"")
          .doesNotContain("jdbc:", "0012_add_health_cache");
      assertThat(app.get("/readyz").body()).doesNotContain("0012_add_health_cache");

      Statewave.update(database.dataSource(), 3);
      Patience.until("requests pass", LIMIT, () -> app.get("/app").statusCode() == 200);
      assertThat(app.get("/app").body()).isEqualTo("hello");

      Statewave.rollback(database.dataSource(), 3);
      Patience.until("not ready", LIMIT, () -> app.get("/readyz").statusCode() == 503);
      assertThat(app.get("/app").body()).isEqualTo("hello");
    }
  }

  @Test
  void theNamesOfMigrationsAreShownWithDetails() {
    Statewave.update(database.dataSource(), 9);
    try (RunningApp app =
        WebApp.statewave(folder)
            .strict()
            .pages()
            .with("schema-guard.on-refusal", "serve-503")
            .with("schema-guard.details", "true")
            .with("schema-guard.environment", "staging")
            .guarded(database)
            .in(container)) {
      assertThat(app.get("/app").body()).contains("0012_add_health_cache");
      assertThat(app.get("/app", "Accept", "text/html").body())
          .contains("Environment <strong>staging</strong>", "Database <strong>SA@h2:mem:");
      assertThat(app.get("/readyz").body()).contains("0012_add_health_cache");
    }
  }

  @Test
  void anInstanceThatRefusesRequestsIsNotReadyWhateverTheReason() {
    Statewave.update(database.dataSource(), 12);
    try (RunningApp app = app("0.5.0")) {
      assertThat(app.get("/ops/migrations").body()).contains("\"verdict\": \"AHEAD_UNKNOWN\"");
      assertThat(app.get("/app").statusCode()).isEqualTo(503);
      assertThat(app.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(app.get("/readyz").body()).contains("\"status\": \"not ready\"");
    }
  }

  @Test
  void noTextSpeaksOfAStartThatIsStillToCome() {
    Statewave.update(database.dataSource(), 9);
    try (RecordedLog log = new RecordedLog();
        RunningApp app = app()) {
      assertThat(String.join("\n", log.lines()))
          .contains("Schema Guard refuses requests to statewave 0.6.0 (staging)   [GUARD-BEHIND]")
          .doesNotContain("refused to start", "start again");
      assertThat(app.get("/ops/migrations").body()).doesNotContain("start again");
    }
  }

  @Test
  void itStandsInFrontOfTheApplicationsFilters() {
    try (RunningApp app =
        WebApp.statewave(folder)
            .strict()
            .with("schema-guard.on-refusal", "serve-503")
            .filter(Own.class)
            .guarded(database)
            .in(container)) {
      assertThat(app.get("/app").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void aBrowserGetsAPageAndEveryMethodIsRefused() {
    Statewave.update(database.dataSource(), 9);
    try (RunningApp app = app()) {
      HttpResponse<String> page = app.get("/app", "Accept", "text/html,*/*;q=0.8");
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
      assertThat(page.body()).contains("<html").doesNotContain("staging", "h2:mem");
      for (String method : new String[] {"POST", "DELETE", "OPTIONS", "FOO"}) {
        assertThat(app.request(method, "/app").statusCode()).isEqualTo(503);
      }
      assertThat(app.request("HEAD", "/app").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void theGuardsOwnPagesAnswerAllTheSame() {
    Statewave.update(database.dataSource(), 9);
    try (RunningApp app = app()) {
      assertThat(app.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(app.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(app.get("/readyz").body()).contains("\"status\": \"not ready\"");
      assertThat(app.get("/ops/migrations").statusCode()).isEqualTo(200);
      assertThat(app.get("/nowhere").statusCode()).isEqualTo(503);
      assertThat(app.raw("GET /healthz/..;/app HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .doesNotContain("hello");
    }
  }

  @Test
  void itFailsTheContextAllTheSameForAConfigurationError() {
    try (RunningApp app =
        WebApp.bare(folder)
            .strict()
            .with("schema-guard.on-refusal", "serve-503")
            .guarded(database)
            .in(container)) {
      assertThat(app.isAvailable().getAsBoolean()).isFalse();
    }
  }
}
