// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the application's version comes from. */
@ParameterizedClass
@EnumSource(Container.class)
class VersionTest {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String MANIFEST_OF_060 =
      "Manifest-Version: 1.0\nImplementation-Version: 0.6.0\n";
  private static final String MAVEN = "META-INF/maven/com.example/%s/pom.properties";

  @Parameter Container container;
  @TempDir Path folder;

  @Test
  void fromTheParameterFirst() {
    assertThat(
            version(
                app()
                    .file(MANIFEST, MANIFEST_OF_060)
                    .with("schema-guard.application-version", "0.5.0")))
        .contains("\"version\": \"0.5.0\"", "\"matrix_row\": \"0.5.0\"");
  }

  @Test
  void thenFromTheManifestOfTheWar() {
    assertThat(
            version(
                app()
                    .file(MANIFEST, MANIFEST_OF_060)
                    .file(MAVEN.formatted("statewave"), "version=0.4.0\n")))
        .contains("\"version\": \"0.6.0\"", "\"matrix_row\": \"0.6.0\"");
  }

  @Test
  void thenFromItsMavenProperties() {
    assertThat(version(app().file(MAVEN.formatted("statewave"), "version=0.4.0\n")))
        .contains("\"version\": \"0.4.0\"", "\"matrix_row\": \"0.4.0\"");
  }

  @Test
  void notFromTheMavenPropertiesOfTwoProjects() {
    assertThat(
            version(
                app()
                    .file(MAVEN.formatted("statewave"), "version=0.4.0\n")
                    .file(MAVEN.formatted("overlay"), "version=0.3.0\n")))
        .contains("\"version\": null", "\"matrix_row\": \"current\"");
  }

  private WebApp app() {
    return WebApp.statewave(folder).pages();
  }

  private String version(WebApp web) {
    TestDatabase database = H2.database();
    Statewave.update(database.dataSource(), 12);
    try (RunningApp app = web.guarded(database).in(container)) {
      return app.get("/version").body();
    }
  }
}
