// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of an application that runs, in warn, on a database that is behind. */
@ParameterizedClass
@EnumSource(Container.class)
class PagesTest {

  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

  @TempDir static Path folder;
  private static RecordingDataSource database;
  private static RunningApp app;
  @Parameter Container container;

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    TestDatabase behind = H2.database();
    Statewave.update(behind.dataSource(), 9);
    database = new RecordingDataSource(behind.dataSource());
    app =
        WebApp.statewave(folder)
            .with("schema-guard.application-version", "0.6.0")
            .pages()
            .guarded(database.dataSource())
            .in(container);
    app.get("/readyz");
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    app.close();
  }

  @Test
  void migrationsAreTheStatusAsJson() {
    HttpResponse<String> answer = app.get("/ops/migrations");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .startsWith("{\n  \"current_revision\": \"0009_add_rate_limit_table\",\n")
        .contains("\"is_compatible\": false", "\"verdict\": \"BEHIND\"", "\"duration_ms\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        BROWSER + "| | text/html;charset=utf-8",
        "text/* | | text/html;charset=utf-8",
        "*/* | | application/json",
        "text/html;q=0.5, application/json | | application/json",
        "image/png | | application/json",
        ";;;,q= | | application/json",
        "text/html;q=9 | | application/json",
        BROWSER + "| json | application/json",
        "application/json | html | text/html;charset=utf-8",
      })
  void theFormIsTheOneThatWasAskedFor(String accept, String format, String type) {
    HttpResponse<String> answer =
        app.get("/ops/migrations" + (format == null ? "" : "?format=" + format), "Accept", accept);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type").toLowerCase(Locale.ROOT).replace(" ", ""))
        .isEqualTo(type);
    assertThat(header(answer, "Vary")).contains("Accept");
  }

  @Test
  void anotherFormatIsABadRequestThatQuotesNothing() {
    HttpResponse<String> answer = app.get("/ops/migrations?format=%3Cscript%3E");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.body()).contains("format is either json or html").doesNotContain("script");
  }

  @Test
  void theWholeGridRefreshesOnceAMinute() {
    assertThat(app.get("/ops/migrations?format=html").body()).contains("data-refresh=\"30000\"");
    HttpResponse<String> whole = app.get("/ops/migrations?grid=all&format=html");

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).contains("data-refresh=\"60000\"");
  }

  @Test
  void anotherPartOfTheGridIsABadRequestThatQuotesNothing() {
    HttpResponse<String> answer = app.get("/ops/migrations?grid=%3Cscript%3E&format=html");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("grid is either all or left out").doesNotContain("script");
  }

  @Test
  void headHasTheHeadersAndNoBody() {
    HttpResponse<String> get = app.get("/version");
    HttpResponse<String> head = app.request("HEAD", "/version");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo(header(get, "Content-Length"));
    assertThat(header(head, "Content-Type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "FOO"})
  void otherMethodsAreNotAllowed(String method) {
    for (String page : List.of("/ops/migrations", "/readyz", "/healthz", "/version")) {
      HttpResponse<String> answer = app.request(method, page);
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ops/migrations", "/ops/migrations?format=html", "/readyz", "/healthz"})
  void nothingIsKeptOrGuessedOrFramed(String page) {
    HttpResponse<String> answer = app.get(page);

    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(answer, "Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(header(answer, "ETag")).isEmpty();
  }

  @Test
  void readinessInWarnIsReadyAndSaysWhatItWarnsOf() {
    HttpResponse<String> answer = app.get("/readyz");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            "\"status\": \"ready\"",
            "\"problem\": \"GUARD-BEHIND\"",
            "The database is behind this version");
  }

  @Test
  void livenessIsAliveWhateverTheSchemaIsLike() {
    assertThat(app.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(app.get("/healthz").body()).isEqualTo("{\n  \"status\": \"alive\"\n}\n");
  }

  @Test
  void versionHasItsRowOfTheMatrix() {
    assertThat(app.get("/version").body())
        .startsWith("{\n  \"version\": \"0.6.0\",\n")
        .contains("\"matrix_row\": \"0.6.0\"", "\"min_compatible_revision\": \"0010");
  }

  @Test
  void noPageAsksTheDatabase() {
    database.takeCalls();
    for (int i = 0; i < 50; i++) {
      app.get("/ops/migrations");
      app.get("/ops/migrations?format=html");
      app.get("/readyz");
      app.get("/version");
    }
    assertThat(database.takeCalls()).isEmpty();
  }

  @Test
  void withoutDetailsNoPageNamesTheDatabase() {
    for (String page : List.of("/ops/migrations", "/ops/migrations?format=html", "/readyz")) {
      assertThat(app.get(page).body().toLowerCase(Locale.ROOT))
          .doesNotContain("jdbc:", "h2:mem", "databasechangelog", "sa@");
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
