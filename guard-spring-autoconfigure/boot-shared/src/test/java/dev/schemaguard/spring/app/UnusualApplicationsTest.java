// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.spring.SchemaGuardAutoConfiguration;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import jakarta.servlet.Filter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Applications that make use of a database in ways of their own. */
@ExtendWith(OutputCaptureExtension.class)
class UnusualApplicationsTest {

  private final TestDatabase database = H2.database();

  private void behind() {
    Statewave.update(database.dataSource(), 11);
  }

  private static void write(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.createStatement().execute("create table written (id int)");
    }
  }

  private long written() throws SQLException {
    return database
        .rows("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'WRITTEN'")
        .size();
  }

  /** A bean that takes the DataSource itself, of which Spring Boot knows nothing. */
  static class Raw {
    Raw(DataSource dataSource) throws SQLException {
      write(dataSource);
    }
  }

  @Test
  void aBeanThatUsesTheDataSourceItselfComesAfterTheCheck() throws SQLException {
    behind();
    Contexts.withoutDatabase()
        .withBean("raw", Raw.class)
        .withBean("dataSource", DataSource.class, database::dataSource)
        .withPropertyValues("schema-guard.mode=strict")
        .run(
            context ->
                assertThat(Contexts.refusal(context.getStartupFailure()).getExitCode())
                    .isEqualTo(3));

    assertThat(written()).isZero();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class WithFilter {
    @Bean
    Filter writing(DataSource dataSource) throws SQLException {
      write(dataSource);
      return (request, response, chain) -> chain.doFilter(request, response);
    }
  }

  @Test
  void aFilterComesAfterTheCheck() throws SQLException {
    behind();

    Throwable failure = failure(WithFilter.class);

    assertThat(Contexts.refusal(failure).getExitCode()).isEqualTo(3);
    assertThat(written()).isZero();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class WithPostProcessor {
    @Bean
    static BeanPostProcessor processor(JdbcTemplate jdbc) {
      return new BeanPostProcessor() {};
    }
  }

  @Test
  void aRefusalWhileBeanPostProcessorsAreMadeIsReportedAsAlways() {
    behind();

    assertThat(Contexts.refusal(failure(WithPostProcessor.class)).getExitCode()).isEqualTo(3);
  }

  @Test
  void theQuestionAloneMigratesNothingWhoeverAsksFirst() throws SQLException {
    Throwable failure = failure(WithPostProcessor.class, "--schema-guard.only=check");

    assertThat(Contexts.refusal(failure).getExitCode()).isEqualTo(7);
    assertThat(
            database.rows(
                "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"))
        .isEmpty();
  }

  private Throwable failure(Class<?> application, String... more) {
    String[] arguments =
        more.length > 0
            ? more
            : new String[] {"--schema-guard.mode=strict", "--spring.liquibase.enabled=false"};
    try (RunningApplication unexpected =
        RunningApplication.start(new SpringApplication(application), database, arguments)) {
      throw new AssertionError("started: " + unexpected);
    } catch (RuntimeException e) {
      return e;
    }
  }

  @AutoConfiguration
  static class ZzzDataSource {
    static TestDatabase database;

    @Bean
    DataSource late() {
      return database.dataSource();
    }
  }

  @Test
  void aDataSourceOfAnotherAutoConfigurationIsGuarded() {
    behind();
    ZzzDataSource.database = database;
    Contexts.withoutDatabase()
        .withConfiguration(
            AutoConfigurations.of(SchemaGuardAutoConfiguration.class, ZzzDataSource.class))
        .withPropertyValues("schema-guard.mode=strict")
        .run(
            context ->
                assertThat(Contexts.refusal(context.getStartupFailure()).getExitCode())
                    .isEqualTo(3));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnGuards {
    @Bean
    SchemaGuards guards(DataSource dataSource) {
      return SchemaGuards.of(
          Statewave.guard(dataSource, "0.6.1").name("mine").mode(Mode.STRICT).build());
    }
  }

  @Test
  void guardsOfItsOwnAreEnforced() {
    behind();
    Hidden.with(database)
        .withUserConfiguration(OwnGuards.class)
        .run(
            context ->
                assertThat(Contexts.refusal(context.getStartupFailure()).description())
                    .contains("database mine   [GUARD-BEHIND]"));
  }

  @Test
  void namesOfGuardsMayBeAnything() {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    Contexts.with(database)
        .withPropertyValues(
            "schema-guard.refresh-interval=7s",
            "schema-guard.guards.ordersEu.mode=strict",
            "schema-guard.guards[orders.eu].mode=strict",
            "schema-guard.guards.my_db.mode=warn")
        .run(
            context -> {
              Map<String, SchemaGuard> guards = context.getBean(SchemaGuards.class).byName();
              assertThat(guards).containsOnlyKeys("ordersEu", "orders.eu", "my_db");
              assertThat(guards.get("ordersEu").mode()).isEqualTo(Mode.STRICT);
              assertThat(guards.get("orders.eu").mode()).isEqualTo(Mode.STRICT);
              assertThat(guards.get("my_db").mode()).isEqualTo(Mode.WARN);
              assertThat(guards.get("my_db").status().verdict()).isEqualTo(Verdict.UP_TO_DATE);
            });
  }

  @Test
  void anEmptySettingIsNone() {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    Contexts.with(database)
        .withPropertyValues(
            "schema-guard.mode=${GUARD_MODE:}",
            "schema-guard.tool=",
            "schema-guard.timeout=",
            "schema-guard.only=",
            "schema-guard.matrix=",
            "schema-guard.data-source=",
            "schema-guard.application-version=")
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(SchemaGuards.class));
  }

  @Test
  void aDurationWithoutUnitIsInSeconds() {
    behind();
    Contexts.with(database)
        .withPropertyValues("schema-guard.mode=strict", "schema-guard.timeout=60")
        .run(
            context ->
                assertThat(Contexts.refusal(context.getStartupFailure()).getExitCode())
                    .isEqualTo(3));
  }

  @Test
  void aStrictVariableIsASettingAndALaxOneIsNot() {
    Hidden.with(database)
        .withPropertyValues("spring.application.name=orders", "ORDERS_STRICT_SCHEMA=1")
        .run(
            context ->
                assertThat(Contexts.refusal(context.getStartupFailure()).getExitCode())
                    .isEqualTo(2));
    Hidden.with(database)
        .withPropertyValues("SCHEMA_GUARD_STRICT=0")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SchemaGuards.class));
    Hidden.with(database)
        .withPropertyValues("SCHEMA_GUARD_STRICT=")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SchemaGuards.class));
  }

  @Test
  void aStrictVariableOfAnotherNameIsOneWarningThatNamesBoth(CapturedOutput output) {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    Contexts.with(database)
        .withPropertyValues(
            "schema-guard.application-name=shop",
            "ORDERS_STRICT_SCHEMA=1",
            "schema-guard.guards.one.mode=warn",
            "schema-guard.guards.two.mode=warn")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output.getOut().lines().filter(line -> line.contains("ORDERS_STRICT_SCHEMA")))
        .singleElement()
        .asString()
        .contains("WARN", "its variable is SHOP_STRICT_SCHEMA");
  }

  @Test
  void aWarningMayBeOneLine(CapturedOutput output) {
    behind();
    Contexts.with(database)
        .withPropertyValues("schema-guard.log-format=single-line")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output.getOut().lines().filter(line -> line.contains("GUARD-BEHIND")))
        .singleElement()
        .asString()
        .contains("| why 0012_add_health_cache is required and not applied |", "| do now run");
  }

  @Test
  void aRefusalIsReportedOnce(CapturedOutput output) {
    behind();

    assertThat(Contexts.refusal(failure(WithFilter.class)).getExitCode()).isEqualTo(3);
    assertThat(output.getOut().lines().filter(line -> line.startsWith("why "))).hasSize(1);
  }

  @Test
  void aMistypedSettingIsReportedAsEverywhereInSchemaGuard(CapturedOutput output) {
    assertThat(Contexts.refusal(failure(WithFilter.class, "--schema-guard.only=chek")))
        .isNotNull();
    assertThat(output)
        .contains("Write one of check, wait")
        .doesNotContain("Failed to bind properties");
  }

  @Test
  void switchedOffItBreaksNoGroupThatIncludesIt() {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    try (RunningApplication application =
        RunningApplication.start(database, "--schema-guard.enabled=false")) {
      assertThat(application.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
      assertThat(application.text("/actuator/health/schema"))
          .contains("\"status\":\"UNKNOWN\"", "\"guard\":\"inactive\"");
      assertThat(application.get("/actuator/migrations").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aSchemaThatFlywayMakesMayBeMissingAtTheFirstStart() {
    TestDatabase empty = Postgres.database();
    OldReleaseTest.start(
            "old",
            "flyway",
            empty,
            "--schema-guard.mode=strict",
            "--spring.flyway.default-schema=shop")
        .close();
  }
}
