// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.servlet.Access;
import dev.schemaguard.servlet.MigrationsServlet;
import dev.schemaguard.servlet.Page;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is shown, to whom. */
@ParameterizedClass
@EnumSource(Container.class)
class ShownTest {

  /** Lets in whoever says so, sends others a challenge, and has a fault. */
  public static final class Hook implements Access {
    @Override
    public boolean mayRead(HttpServletRequest request, HttpServletResponse response, Page page)
        throws IOException {
      String who = String.valueOf(request.getHeader("X-Who"));
      switch (who) {
        case "challenged" -> {
          response.setHeader("WWW-Authenticate", "Basic");
          response.setStatus(401);
        }
        case "faulty" -> throw new IllegalStateException("a fault of the hook");
        case "cut off" -> throw new IOException("a fault of the hook");
        case "incomplete" -> throw new NoClassDefFoundError("a fault of the hook");
        default -> {}
      }
      return page == Page.LIVENESS || who.equals("operator");
    }
  }

  @Parameter Container container;
  @TempDir Path folder;
  private final TestDatabase database = H2.database();

  @Test
  void nothingIsMappedUnasked() {
    Statewave.update(database.dataSource(), 12);
    try (RunningApp app = WebApp.statewave(folder).strict().guarded(database).in(container)) {
      for (String page : new String[] {"/ops/migrations", "/readyz", "/healthz", "/version"}) {
        assertThat(app.get(page).statusCode()).isEqualTo(404);
      }
    }
  }

  @Test
  void aPageStandsWhereTheApplicationWantsIt() {
    Statewave.update(database.dataSource(), 12);
    try (RunningApp app =
        WebApp.statewave(folder)
            .strict()
            .with("schema-guard.pages", "ops=/internal/schema")
            .guarded(database)
            .in(container)) {
      assertThat(app.get("/internal/schema").statusCode()).isEqualTo(200);
      assertThat(app.get("/ops/migrations").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void webXmlMayMapAServletItself() {
    try (RunningApp app =
        WebApp.statewave(folder)
            .guarded(database)
            .servlet(MigrationsServlet.class, "/internal/schema")
            .in(container)) {
      assertThat(app.get("/internal/schema").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anotherVersionIsAskedAboutOnlyWhereSomebodyDecidesWhoMay() {
    Statewave.update(database.dataSource(), 9);
    try (RunningApp open = WebApp.statewave(folder).pages().guarded(database).in(container)) {
      HttpResponse<String> refused = open.get("/ops/migrations?app-version=0.5.0");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("schema-guard.access");
    }
    try (RunningApp app =
        WebApp.statewave(folder)
            .pages()
            .with("schema-guard.access", Hook.class.getName())
            .guarded(database)
            .in(container)) {
      assertThat(app.get("/ops/migrations?app-version=0.5.0").statusCode()).isEqualTo(403);
      assertThat(app.get("/ops/migrations?app-version=0.5.0", "X-Who", "operator").body())
          .contains("\"app_version\": \"0.5.0\"", "\"verdict\": \"UP_TO_DATE\"");
      for (String unknown : new String[] {"unknown", "7.0.0"}) {
        HttpResponse<String> answer =
            app.get("/ops/migrations?app-version=" + unknown, "X-Who", "operator");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"verdict\": \"UNKNOWN_VERSION\"");
      }
    }
  }

  @Test
  void questionsAboutAnotherVersionDoNotPileUp() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    AtomicBoolean slow = new AtomicBoolean();
    DataSource slowly =
        SimpleDataSource.of(
            () -> {
              if (slow.get()) {
                asked.countDown();
                Patience.await(answer);
              }
              return database.dataSource().getConnection();
            });
    try (RunningApp app =
        WebApp.statewave(folder)
            .pages()
            .with("schema-guard.access", Hook.class.getName())
            .guarded(slowly)
            .in(container)) {
      slow.set(true);
      String path = "/ops/migrations?app-version=0.5.0";
      CompletableFuture<Integer> first =
          CompletableFuture.supplyAsync(() -> app.get(path, "X-Who", "operator").statusCode());
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(app.get(path, "X-Who", "operator").statusCode()).isEqualTo(429);
      answer.countDown();
      assertThat(first.get()).isEqualTo(200);
    }
  }

  @Test
  void whatCannotBeToldIs503WithTheWholeBody() {
    try (RunningApp app =
        WebApp.statewave(folder)
            .pages()
            .guarded(
                SimpleDataSource.of(
                    () -> {
                      throw new SQLException("Connection to pg3.internal:5432 refused", "08001");
                    }))
            .in(container)) {
      HttpResponse<String> answer = app.get("/ops/migrations");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .contains("\"verdict\": \"UNREACHABLE\"", "\"duration_ms\"", "GUARD-UNREACHABLE")
          .doesNotContain("pg3.internal");
      assertThat(app.get("/version").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void detailsAreShownWhereTheyAreSwitchedOn() {
    try (RunningApp app =
        WebApp.statewave(folder)
            .pages()
            .with("schema-guard.details", "true")
            .guarded(
                SimpleDataSource.of(
                    () -> {
                      throw new SQLException("Connection to pg3.internal:5432 refused", "08001");
                    }))
            .in(container)) {
      assertThat(app.get("/ops/migrations").body()).contains("pg3.internal");
    }
  }

  @Test
  void markupInANameStaysText() {
    String name = "<script>alert(1)</script>&lt;";
    LiquibaseRun.ofXml(
            database.dataSource(),
            "db/changelog.xml",
            "<changeSet id=\""
                + name.replace("&", "&amp;").replace("<", "&lt;")
                + "\""
                + " author=\"tester\"><sql>SELECT 1</sql></changeSet>")
        .update();
    try (RunningApp app = WebApp.statewave(folder).pages().guarded(database).in(container)) {
      assertThat(app.get("/ops/migrations?format=html").body())
          .doesNotContain("<script>alert")
          .contains("&lt;script&gt;alert");
      assertThat(app.get("/ops/migrations").headers().firstValue("Content-Type").orElse(""))
          .isEqualTo("application/json");
    }
  }

  @Test
  void theHookGuardsEachPage() {
    Statewave.update(database.dataSource(), 12);
    try (RunningApp app =
        WebApp.statewave(folder)
            .pages()
            .with("schema-guard.access", Hook.class.getName())
            .guarded(database)
            .in(container)) {
      assertThat(app.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(app.get("/ops/migrations", "X-Who", "operator").statusCode()).isEqualTo(200);
      for (String page : new String[] {"/ops/migrations", "/readyz", "/version"}) {
        assertThat(app.get(page).statusCode()).isEqualTo(403);
        assertThat(app.get(page).body()).contains("Forbidden").doesNotContain("0012");
      }
      HttpResponse<String> challenged = app.get("/ops/migrations", "X-Who", "challenged");
      assertThat(challenged.statusCode()).isEqualTo(401);
      assertThat(challenged.headers().firstValue("WWW-Authenticate")).isPresent();
      for (String fault : new String[] {"faulty", "cut off", "incomplete"}) {
        HttpResponse<String> answer = app.get("/ops/migrations", "X-Who", fault);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
        assertThat(answer.body()).doesNotContain("0012", "a fault of the hook", "at dev.");
      }
    }
  }
}
