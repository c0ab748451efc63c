// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuards;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import statewave.StatewaveApplication;

/** Tests of an application that has the guard, as its team writes them. */
@ExtendWith(OutputCaptureExtension.class)
class ContextTestsTest {

  /** Its own migrations run, on a database in memory. */
  @Nested
  @SpringBootTest(
      classes = StatewaveApplication.class,
      properties = "spring.datasource.url=jdbc:h2:mem:context")
  class OfTheWholeApplication {

    @Autowired private ApplicationContext context;

    @Test
    void haveTheGuardAndNoWarning(CapturedOutput output) {
      assertThat(context.getBean(SchemaGuards.class).check().get("").compatible()).isTrue();
      assertThat(output).doesNotContain("Schema Guard warns");
    }

    @Test
    void shareOneContext() {
      assertThat(context.getBean(SchemaGuards.class)).isNotNull();
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Any {}

  /** A part of it that has no database. */
  @Nested
  @SpringBootTest(
      classes = Any.class,
      properties = {
        "management.endpoint.health.validate-group-membership=false",
        "spring.autoconfigure.exclude="
            + "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration,"
            + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
      })
  class OfAPartWithoutDatabase {

    @Autowired private ApplicationContext context;

    @Test
    void haveNoGuard() {
      assertThat(context.getBeanProvider(SchemaGuards.class).getIfAvailable()).isNull();
    }
  }
}
