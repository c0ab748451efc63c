// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that nobody in his right mind sends. */
@ParameterizedClass
@EnumSource(Container.class)
class HostileTest {

  private static final String END = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";

  @TempDir static Path folder;
  private static RunningApp app;
  @Parameter Container container;

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    TestDatabase database = H2.database();
    Statewave.update(database.dataSource(), 12);
    app = WebApp.statewave(folder).strict().pages().guarded(database).in(container);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TRACE /ops/migrations",
        "FOO /ops/migrations",
        "get /ops/migrations",
        "GET /ops/%2e%2e/WEB-INF/web.xml",
        "GET /ops/migrations/../../WEB-INF/web.xml",
        "GET /ops/migrations;format=html/..",
        "GET /ops/migrations?format=%zz",
        "GET /ops/migrations?format=%",
        "GET /ops/migrations?format=json&format=html&&&=&x",
        "GET /ops/migrations?format",
        "GET /ops/migrations?format=<script>alertalert(1)</script>",
        "GET /ops/migrations?%00",
        "GET //ops//migrations",
        "GET /ops/migrations%00",
        "GET /version/%252e%252e/",
      })
  void getAnOrderlyAnswer(String line) {
    assertOrderly(app.raw(line + END + "\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ";;;,q=",
        "text/html;q=,application/json;q=1e9",
        ",,,,,,,,",
        "*",
        "/",
        "text/html;q=-1",
        "\"unclosed",
        "\u00e4/\u00f6"
      })
  void aBrokenAcceptGetsJson(String accept) {
    String answer = app.raw("GET /ops/migrations" + END + "Accept: " + accept + "\r\n\r\n");
    assertOrderly(answer);
    if (answer.startsWith("HTTP/1.1 200")) {
      assertThat(answer).contains("\"verdict\": \"UP_TO_DATE\"");
    }
  }

  @Test
  void hugeHeadersAreRefusedByTheContainer() {
    String answer = app.raw("GET /readyz" + END + "X: " + "x".repeat(64 * 1024) + "\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 4(00|31).*");
  }

  @Test
  void aLongAcceptIsReadInNoTime() {
    String accept = "text/html;q=0.1,".repeat(400);
    assertOrderly(app.raw("GET /ops/migrations" + END + "Accept: " + accept + "\r\n\r\n"));
  }

  @Test
  void twoThousandAtOnceAreAllAnswered() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        String page = i % 2 == 0 ? "/ops/migrations" : "/readyz";
        answers.add(threads.submit(() -> app.get(page).statusCode()));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertOrderly(String answer) {
    assertThat(answer)
        .matches("(?s)HTTP/1.1 (200|400|403|404|405|501).*")
        .doesNotContain("<script>alert", "at dev.schemaguard", "<web-app");
  }
}
