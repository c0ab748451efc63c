// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.servlet.SchemaGuardListener;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.RecordedLog;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The start of a web application whose web.xml declares the listener. */
@ParameterizedClass
@EnumSource(Container.class)
class StartTest {

  @Parameter Container container;
  @TempDir Path folder;
  private final TestDatabase database = H2.database();

  @Test
  void strictStartsOnItsSchema() {
    Statewave.update(database.dataSource(), 12);
    try (RunningApp app =
        WebApp.statewave(folder).strict().pages().guarded(database).in(container)) {
      assertServes(app);
      assertThat(app.get("/ops/migrations").body()).contains("\"verdict\": \"UP_TO_DATE\"");
    }
  }

  @Test
  void theTableOfAnotherToolIsReadAsTheParametersDescribeIt() throws Exception {
    Statewave.update(database.dataSource(), 12);
    database.execute(
        "CREATE TABLE STEPS AS SELECT FILENAME || '::' || ID || '::' || AUTHOR AS STEP,"
            + " ORDEREXECUTED AS N, TRUE AS OK FROM DATABASECHANGELOG",
        "DROP TABLE DATABASECHANGELOG");
    try (RunningApp app =
        WebApp.statewave(folder)
            .strict()
            .pages()
            .with("schema-guard.tool", "table")
            .with("schema-guard.table", "steps")
            .with("schema-guard.revision-column", "step")
            .with("schema-guard.order-column", "n")
            .with("schema-guard.applied-when", "ok")
            .with("schema-guard.failed-when", "NOT ok")
            .guarded(database)
            .in(container)) {
      assertServes(app);
      assertThat(app.get("/ops/migrations").body())
          .contains("\"verdict\": \"UP_TO_DATE\"", "\"tool\": \"table\"");
    }
  }

  @Test
  void strictRefusesByFailingTheContext() {
    Statewave.update(database.dataSource(), 9);
    try (RecordedLog log = new RecordedLog();
        RunningApp app =
            WebApp.statewave(folder).strict().pages().guarded(database).in(container)) {
      assertRefused(app);
      assertThat(log.lines())
          .anySatisfy(line -> assertThat(line).contains("refused to start statewave 0.6.0"));
    }
  }

  @Test
  void strictRefusesASchemaThatLacksWhatItsHistoryClaims() {
    try (RecordedLog log = new RecordedLog();
        RunningApp app = drifted().in(container)) {
      assertRefused(app);
      assertThat(log.lines())
          .anySatisfy(line -> assertThat(line).contains("GUARD-DRIFTED", "EPISODES.NOTE"));
    }
  }

  @Test
  void aParameterSaysThatASchemaThatLacksSomethingIsOnlyWarnedOf() {
    try (RunningApp app = drifted().with("schema-guard.structure", "warn").in(container)) {
      assertServes(app);
      assertThat(app.get("/ops/migrations").body())
          .contains("\"verdict\": \"UP_TO_DATE\"", "\"result\": \"broken\"");
    }
  }

  @Test
  void aParameterSaysThatTheSchemaIsNotComparedWithItsFile() {
    try (RunningApp app = drifted().with("schema-guard.structure", "off").in(container)) {
      assertServes(app);
      assertThat(app.get("/ops/migrations").body())
          .contains("\"verdict\": \"UP_TO_DATE\"")
          .doesNotContain("\"result\": \"broken\"");
    }
  }

  /** All changesets are recorded, and a column that the schema file names does not exist. */
  private WebApp drifted() {
    Statewave.update(database.dataSource(), 12);
    return WebApp.statewave(folder)
        .file(
            "WEB-INF/classes/schema-guard/schema.h2.txt",
            "table EPISODES\n  NOTE CHARACTER VARYING(10)\n")
        .strict()
        .pages()
        .guarded(database);
  }

  @Test
  void aRefusalLeavesNoThreadBehind() {
    Statewave.update(database.dataSource(), 9);
    try (EveryLog log = new EveryLog();
        RunningApp app = WebApp.statewave(folder).strict().guarded(database).in(container)) {
      assertRefused(app);
      assertThat(log.text()).contains("GUARD-BEHIND").doesNotContain("schema-guard-check");
    }
  }

  @Test
  void warnStartsWithAWarning() {
    Statewave.update(database.dataSource(), 9);
    try (RecordedLog log = new RecordedLog();
        RunningApp app =
            WebApp.statewave(folder)
                .with("schema-guard.application-version", "0.6.0")
                .guarded(database)
                .in(container)) {
      assertServes(app);
      assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("Schema Guard warns"));
    }
  }

  @Test
  void switchedOffItAsksNothingAndIsReady() {
    try (RunningApp app =
        WebApp.statewave(folder)
            .strict()
            .pages()
            .with("schema-guard.enabled", "false")
            .listener(SchemaGuardListener.class)
            .in(container)) {
      assertServes(app);
      assertThat(app.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(app.get("/readyz").body()).contains("Schema Guard is inactive");
      assertThat(app.get("/version").body()).isEqualTo("{\n  \"version\": \"0.6.0\"\n}\n");
      assertThat(app.get("/ops/migrations").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void withoutMatrixChainAndSettingItIsInactive() {
    try (RecordedLog log = new RecordedLog();
        RunningApp app = WebApp.bare(folder).listener(SchemaGuardListener.class).in(container)) {
      assertServes(app);
      assertThat(log.lines())
          .contains("INFO Schema Guard is inactive: there is no matrix, no chain and no setting");
    }
  }

  @Test
  void strictWithoutMatrixAndChainIsRefused() {
    try (RunningApp app = WebApp.bare(folder).strict().guarded(database).in(container)) {
      assertRefused(app);
    }
  }

  @Test
  void besideTheSpringBootAdapterItDoesNothing() {
    try (RecordedLog log = new RecordedLog();
        RunningApp app =
            WebApp.statewave(folder)
                .strict()
                .classNamed("dev.schemaguard.spring.SchemaGuardAutoConfiguration")
                .guarded(database)
                .in(container)) {
      assertServes(app);
      assertThat(log.lines())
          .containsExactly(
              "INFO guard-spring-autoconfigure guards this web application; guard-servlet is"
                  + " inactive");
    }
  }

  @Test
  void aGuardThatTheApplicationBuiltIsUsedAndLeftOpen() {
    Statewave.update(database.dataSource(), 12);
    try (SchemaGuard guard =
        Statewave.guard(database.dataSource(), "0.6.0").mode(Mode.STRICT).build()) {
      try (RunningApp app =
          WebApp.bare(folder)
              .pages()
              .publishing(guard)
              .listener(SchemaGuardListener.class)
              .in(container)) {
        assertThat(app.get("/version").body()).contains("\"matrix_row\": \"0.6.0\"");
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .anySatisfy(thread -> assertThat(thread.getName()).startsWith("schema-guard-refresh"));
    }
  }

  @Test
  void aGuardOfItsOwnEndsWithTheContext() throws InterruptedException {
    Statewave.update(database.dataSource(), 12);
    try (RunningApp app =
        WebApp.statewave(folder).strict().pages().guarded(database).in(container)) {
      assertThat(app.get("/readyz").statusCode()).isEqualTo(200);
    }
    Patience.untilNoGuardThread(Duration.ofSeconds(5));
  }

  private static void assertServes(RunningApp app) {
    assertThat(app.isAvailable().getAsBoolean()).isTrue();
    assertThat(app.get("/app").body()).isEqualTo("hello");
  }

  private static void assertRefused(RunningApp app) {
    assertThat(app.isAvailable().getAsBoolean()).isFalse();
    assertThat(app.get("/app").statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(app.get("/app").body()).doesNotContain("hello");
  }
}
