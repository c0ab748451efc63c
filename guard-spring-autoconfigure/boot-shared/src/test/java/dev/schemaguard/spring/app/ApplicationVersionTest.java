// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

/** Where the version comes from that is looked up in the matrix. */
class ApplicationVersionTest {

  private final TestDatabase database = H2.database();

  ApplicationVersionTest() {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
  }

  private static ApplicationContextRunner fromBuild(ApplicationContextRunner contexts) {
    Properties build = new Properties();
    build.setProperty("version", "3.0.0");
    return contexts.withBean(BuildProperties.class, () -> new BuildProperties(build));
  }

  /** As Spring Boot has it from the manifest of the application. */
  private static ApplicationContextRunner fromManifest(ApplicationContextRunner contexts) {
    return contexts.withInitializer(
        context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addLast(
                    new MapPropertySource(
                        "applicationInfo", Map.of("spring.application.version", "4.0.0"))));
  }

  private static void assertVersion(ApplicationContextRunner contexts, String version) {
    contexts.run(
        context ->
            assertThat(
                    context.getBean(SchemaGuards.class).byName().get("").status().appVersion())
                .isEqualTo(version));
  }

  @Test
  void isTheFirstOfSettingPropertyBuildAndManifest() {
    ApplicationContextRunner all = fromManifest(fromBuild(Contexts.with(database)));

    assertVersion(
        all.withPropertyValues(
            "schema-guard.application-version=1.0.0", "spring.application.version=2.0.0"),
        "1.0.0");
    assertVersion(all.withPropertyValues("spring.application.version=2.0.0"), "2.0.0");
    assertVersion(all, "3.0.0");
    assertVersion(fromManifest(Contexts.with(database)), "4.0.0");
    assertVersion(Contexts.with(database), null);
  }
}
