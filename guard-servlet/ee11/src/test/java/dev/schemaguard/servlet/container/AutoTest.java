// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.servlet.SchemaGuardListener;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.RecordedLog;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The initializer that a container finds by itself. */
@ParameterizedClass
@EnumSource(Container.class)
class AutoTest {

  @Parameter Container container;
  @TempDir Path folder;
  private final TestDatabase database = H2.database();

  private WebApp web() {
    return WebApp.statewave(folder).strict().pages().publishing(database.dataSource());
  }

  @Test
  void doesNothingUnlessTheApplicationAsks() {
    try (RunningApp app = web().in(container)) {
      assertServesAlone(app);
    }
  }

  @Test
  void doesNothingIfTheApplicationSaysNo() {
    try (RunningApp app = web().with("schema-guard.auto", "false").in(container)) {
      assertServesAlone(app);
    }
  }

  private static void assertServesAlone(RunningApp app) {
    assertThat(app.get("/app").body()).isEqualTo("hello");
    assertThat(app.get("/readyz").statusCode()).isEqualTo(404);
  }

  @Test
  void registersEverythingIfItIsAsked() {
    Statewave.update(database.dataSource(), 12);
    try (RunningApp app = web().with("schema-guard.auto", "true").in(container)) {
      assertThat(app.get("/app").body()).isEqualTo("hello");
      assertThat(app.get("/readyz").body()).contains("\"verdict\": \"UP_TO_DATE\"");
    }
  }

  @Test
  void refusesInStrict() {
    try (RunningApp app = web().with("schema-guard.auto", "true").in(container)) {
      assertThat(app.isAvailable().getAsBoolean()).isFalse();
    }
  }

  @Test
  void keepsRequestsOutToo() {
    try (RunningApp app =
        web()
            .with("schema-guard.auto", "true")
            .with("schema-guard.on-refusal", "serve-503")
            .in(container)) {
      assertThat(app.get("/app").statusCode()).isEqualTo(503);
      assertThat(app.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void checksOnceBesideAListenerThatIsDeclared() {
    Statewave.update(database.dataSource(), 12);
    try (RecordedLog log = new RecordedLog();
        RunningApp app =
            web()
                .with("schema-guard.auto", "true")
                .listener(SchemaGuardListener.class)
                .in(container)) {
      assertThat(app.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(log.lines())
          .containsExactly(
              "INFO statewave 0.6.0: Schema is up to date; database " + database.shownByH2());
    }
  }
}
