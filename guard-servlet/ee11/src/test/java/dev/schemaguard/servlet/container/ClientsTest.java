// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.ClientCompatibility;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that name themselves, and the table that says which of them fit. */
@ParameterizedClass
@EnumSource(Container.class)
class ClientsTest {

  private static final String TABLE =
      """

      ## Clients

      Prose: every Python SDK fits every server.

      | Server version | Python SDK | TypeScript SDK |
      |---|---|---|
      | 0.5.x | 0.9.x | 0.9.x |
      | 0.6.x | 1.0.x - 1.1.x | |
      """;

  /** Says what the application gets to know of the client. */
  public static final class Asking extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Object fit = request.getAttribute(ClientCompatibility.class.getName());
      response
          .getWriter()
          .print(fit instanceof ClientCompatibility known ? known.outcome() : "nothing");
    }
  }

  @Parameter Container container;
  @TempDir Path folder;
  private final TestDatabase database = H2.database();

  @BeforeEach
  void migrate() {
    Statewave.update(database.dataSource(), 12);
  }

  private WebApp app(String table) {
    return WebApp.statewave(folder)
        .file(
            "WEB-INF/classes/schema-guard/compatibility.md",
            WebApp.resource("compatibility.md") + table)
        .with("schema-guard.application-version", "0.6.1")
        .with("schema-guard.client-header", "User-Agent")
        .servlet(Asking.class, "/asking")
        .pages()
        .guarded(database);
  }

  @Test
  void whatDoesNotFitIsToldWhatWould() {
    try (RunningApp app = app(TABLE).with("schema-guard.clients", "refuse").in(container)) {
      HttpResponse<String> refused = app.get("/asking", "User-Agent", "python-sdk/0.9.7 x/1");

      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(refused.headers().firstValue("Schema-Guard-Client")).hasValue("too-old");
      assertThat(refused.body())
          .contains(
              "\"detail\": \"Python SDK 0.9.7 is too old for server 0.6.1, which accepts 1.0.x -"
                  + " 1.1.x\"")
          .contains("\"client\": \"Python SDK\"", "\"accepted\": \"1.0.x - 1.1.x\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "python-sdk/1.0.3, 200, FITS, fits",
    "Mozilla/5.0 Python_SDK/1.1.9, 200, FITS, fits",
    "typescript-sdk/0.9.0, 200, NOT_STATED, not-stated",
    "python-sdk/latest, 200, NOT_A_VERSION, not-a-version",
    "curl/8.0, 200, nothing,",
    "python-sdk, 200, nothing,",
    "python-sdk/1.2.0, 403, ,too-new",
  })
  void othersPassWithAMark(String agent, int status, String seen, String mark) {
    try (RunningApp app = app(TABLE).with("schema-guard.clients", "refuse").in(container)) {
      HttpResponse<String> answer = app.get("/asking", "User-Agent", agent);

      assertThat(answer.statusCode()).isEqualTo(status);
      if (seen != null) {
        assertThat(answer.body()).isEqualTo(seen);
      }
      assertThat(answer.headers().firstValue("Schema-Guard-Client").orElse(null)).isEqualTo(mark);
      assertThat(answer.headers().allValues("Vary")).contains("User-Agent");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "curl/8.0, python-sdk/0.9.7, 403",
    "python-sdk/1.0.3, python-sdk/0.9.7, 403",
    "python-sdk/0.9.7, python-sdk/1.0.3, 403",
    "curl/8.0, python-sdk/1.0.3, 200",
  })
  void everyOneOfSeveralHeadersCounts(String first, String second, int status) {
    try (RunningApp app = app(TABLE).with("schema-guard.clients", "refuse").in(container)) {
      String answer =
          app.raw(
              "GET /asking HTTP/1.1\r\nHost: x\r\nUser-Agent: %s\r\nUser-Agent: %s\r\n"
                      .formatted(first, second)
                  + "Connection: close\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 " + status).contains("Schema-Guard-Client: ");
    }
  }

  @Test
  void withoutAnotherWordTheyAreOnlyMarked() {
    try (RunningApp app = app(TABLE).in(container)) {
      HttpResponse<String> answer = app.get("/asking", "User-Agent", "python-sdk/0.9.7");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("TOO_OLD");
      assertThat(answer.headers().firstValue("Schema-Guard-Client")).hasValue("too-old");
    }
  }

  @Test
  void thePagesOfTheGuardAnswerEveryClient() {
    try (RunningApp app = app(TABLE).with("schema-guard.clients", "refuse").in(container)) {
      assertThat(app.get("/readyz", "User-Agent", "python-sdk/0.9.7").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTableThatCannotBeReadStopsAnApplicationThatUsesIt() {
    try (RunningApp app = app(TABLE + "| 0.4.x | soon | |\n").in(container)) {
      assertThat(app.isAvailable().getAsBoolean() && app.get("/asking").statusCode() == 200)
          .isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"schema-guard.clients, refuse", "schema-guard.client-header, User Agent"})
  void aSettingWithoutMeaningIsRefused(String name, String value) {
    try (RunningApp app =
        WebApp.statewave(folder)
            .with("schema-guard.application-version", "0.6.1")
            .with(name, value)
            .guarded(database)
            .in(container)) {
      assertThat(app.isAvailable().getAsBoolean()).isFalse();
    }
  }
}
