// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connections of an application carry its name and version, if it wishes so. */
@ExtendWith(OutputCaptureExtension.class)
class MarkedConnectionsTest {

  private static final String ON = "schema-guard.mark-connections=true";

  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    database = Postgres.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
  }

  /** A pool as Spring Boot makes it: its settings are bound, and it starts when it is asked. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties
  static class Bound {
    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource dataSource() {
      HikariDataSource pool = new HikariDataSource();
      pool.setJdbcUrl(database.url());
      pool.setUsername(database.user());
      pool.setMaximumPoolSize(1);
      return pool;
    }
  }

  /** A pool that has started before anybody could do anything about it. */
  @Configuration(proxyBeanMethods = false)
  static class Started {
    @Bean
    HikariDataSource dataSource() {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(database.url());
      config.setUsername(database.user());
      config.setMaximumPoolSize(1);
      return new HikariDataSource(config);
    }
  }

  private static List<String> marks(Class<?> pool, String... properties) {
    AtomicReference<ConnectedVersions> connectedVersions = new AtomicReference<>();
    contexts(pool)
        .withPropertyValues("spring.application.version=0.6.1")
        .withPropertyValues(properties)
        .run(
            context ->
                connectedVersions.set(context.getBean(SchemaGuards.class).byName().get("").connectedVersions()));
    return connectedVersions.get().instances().stream().map(each -> each.tag().toString()).toList();
  }

  private static ApplicationContextRunner contexts(Class<?> pool) {
    return Contexts.withoutDatabase().withUserConfiguration(pool);
  }

  @Test
  void areMarkedOnRequestAlone() {
    assertThat(marks(Bound.class, ON)).containsExactly("statewave/0.6.1");
    assertThat(marks(Bound.class)).isEmpty();
  }

  @Test
  void keepTheNameThatSomebodyGave() {
    assertThat(
            marks(
                Bound.class,
                ON,
                "spring.datasource.hikari.data-source-properties.ApplicationName=mine/1"))
        .containsExactly("mine/1");
  }

  @Test
  void areLeftAloneInAPoolThatHasStarted(CapturedOutput output) {
    assertThat(marks(Started.class, ON)).isEmpty();
    assertThat(output)
        .containsOnlyOnce("Connections of dataSource are not tagged: the pool has started already");
  }

  @Test
  void areNotMarkedWithoutAVersion(CapturedOutput output) {
    contexts(Bound.class)
        .withPropertyValues(ON)
        .run(
            context ->
                assertThat(
                        context.getBean(SchemaGuards.class).byName().get("").connectedVersions().instances())
                    .isEmpty());
    assertThat(output).contains("are not tagged: no name or no version is known");
  }
}
