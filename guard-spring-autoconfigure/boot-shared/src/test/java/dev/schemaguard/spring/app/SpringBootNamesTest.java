// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.spring.SchemaGuardAutoConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.util.ClassUtils;

/** Names of Spring Boot's that the guard knows as text, which nobody misses when they are gone. */
class SpringBootNamesTest {

  private static final boolean BOOT_3 = SpringBootVersion.getVersion().startsWith("3.");

  @Test
  void theAutoConfigurationsThatComeFirstAreThere() {
    List<String> names =
        Arrays.stream(
                SchemaGuardAutoConfiguration.class
                    .getAnnotation(AutoConfiguration.class)
                    .afterName())
            .filter(name -> name.startsWith("org.springframework.boot.autoconfigure.") == BOOT_3)
            .toList();

    assertThat(names)
        .hasSize(3)
        .allSatisfy(
            name ->
                assertThat(ClassUtils.isPresent(name, getClass().getClassLoader()))
                    .as(name)
                    .isTrue());
  }

  @Test
  void theSettingsThatAreTakenOverAreThere() throws IOException {
    StringBuilder metadata = new StringBuilder();
    for (URL url :
        Collections.list(
            getClass()
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream in = url.openStream()) {
        metadata.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    for (String name :
        List.of(
            "spring.liquibase.enabled",
            "spring.liquibase.liquibase-schema",
            "spring.liquibase.default-schema",
            "spring.liquibase.database-change-log-table",
            "spring.liquibase.database-change-log-lock-table",
            "spring.liquibase.contexts",
            "spring.liquibase.label-filter",
            "spring.liquibase.change-log",
            "spring.flyway.enabled",
            "spring.flyway.default-schema",
            "spring.flyway.schemas",
            "spring.flyway.table",
            "spring.flyway.locations",
            "spring.flyway.target",
            "spring.flyway.out-of-order",
            "spring.jpa.defer-datasource-initialization",
            "spring.application.version")) {
      assertThat(metadata).contains("\"name\": \"" + name + "\"");
    }
  }
}
