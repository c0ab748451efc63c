// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.spring.SchemaGuardMetricsAutoConfiguration;
import dev.schemaguard.spring.SchemaGuardStartupException;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.TenantSchemas;
import dev.schemaguard.testing.TestDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import liquibase.integration.spring.MultiTenantSpringLiquibase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Applications with a schema for each of their customers, of whom one is behind. */
class TenantsTest {

  private static final String PATTERN = "schema-guard.schemas=tenant\\_%";

  private static TestDatabase database;

  @BeforeAll
  static void makeTenants() throws SQLException {
    database =
        TenantSchemas.in(Postgres.database())
            .with("tenant_a", "tenant_b", "tenant_c")
            .behind("tenant_b", 1)
            .database();
  }

  private static MigrationStatus status(ConfigurableApplicationContext context) {
    return context.getBean(SchemaGuards.class).byName().get("").status();
  }

  @Test
  void areWhatASetOfGuardsShowsEverywhere() {
    try (RunningApplication application =
        RunningApplication.start(
            database,
            "--spring.application.version=0.6.1",
            "--schema-guard.guards.known." + PATTERN.replace("schema-guard.", ""),
            "--schema-guard.guards.gone.schemas-from="
                + "SELECT 'gone_' || n FROM generate_series(1, 103) n")) {
      assertThat(application.text("/actuator/migrations/known"))
          .startsWith("{\"tenants\":3,\"by_verdict\":{\"BEHIND\":1,\"UP_TO_DATE\":2},\"worst\":[")
          .contains("\"tenant\":\"tenant_b\",\"verdict\":\"BEHIND\"", "\"worst_omitted\":0");
      assertThat(application.text("/actuator/migrations/gone"))
          .contains("\"by_verdict\":{\"UNREADABLE\":103}", "\"worst_omitted\":3");
      assertThat(application.text("/actuator/health/schema/known"))
          .contains(
              "\"tenants\":3", "\"by_verdict\":{\"BEHIND\":1,\"UP_TO_DATE\":2}", "tenant_b");
      assertThat(application.text("/actuator/info"))
          .contains("\"tenants\":3", "\"by_verdict\":{\"BEHIND\":1,\"UP_TO_DATE\":2}")
          .doesNotContain("tenant_b");
      assertThat(application.get("/actuator/prometheus").body())
          .contains(
              "schema_guard_tenants{guard=\"known\",verdict=\"BEHIND\"} 1.0",
              "schema_guard_tenants{guard=\"known\",verdict=\"UP_TO_DATE\"} 2.0",
              "schema_guard_tenants{guard=\"known\",verdict=\"FAILED\"} 0.0",
              "schema_guard_tenants{guard=\"gone\",verdict=\"UNREADABLE\"} 103.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "wait"})
  void areAskedByAnInitContainer(String only) {
    Throwable failure =
        RunningApplication.failure(
            database,
            "--" + PATTERN,
            "--schema-guard.only=" + only,
            "--schema-guard.wait-timeout=300ms");

    SchemaGuardStartupException refusal = Contexts.refusal(failure);
    assertThat(refusal.getExitCode()).isEqualTo(3);
    assertThat(refusal.description()).contains("[GUARD-BEHIND]", "in tenant_b: 0012");
  }

  @Test
  void areNotInTheSchemaThatSpringBootKnows() {
    Contexts.with(database)
        .withPropertyValues(
            PATTERN, "schema-guard.application-version=0.6.1", "spring.liquibase.default-schema=x")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(status(context.getSourceApplicationContext()).tenants().counts())
                  .isEqualTo("1 BEHIND, 2 UP_TO_DATE");
            });
  }

  @Nested
  class Settings {

    private SchemaGuardStartupException refusal(String... settings) {
      SchemaGuardStartupException[] refusal = new SchemaGuardStartupException[1];
      Contexts.with(database)
          .withPropertyValues(settings)
          .run(context -> refusal[0] = Contexts.refusal(context.getStartupFailure()));
      assertThat(refusal[0].getExitCode()).isEqualTo(2);
      return refusal[0];
    }

    @Test
    void ofASchemaAndOfTenantsContradictEachOther() {
      assertThat(refusal(PATTERN, "schema-guard.schema=public").description())
          .contains("where     schema-guard.schemas", "schema-guard.schema is set as well");
      assertThat(
              refusal(
                      "schema-guard.guards.shop.schemas=a",
                      "schema-guard.guards.shop.schemas-from=SELECT 'a'")
                  .description())
          .contains("where     schema-guard.guards.shop.schemas", "shop.schemas-from is set");
    }

    @Test
    void thatFindNobodyAreAnError() {
      assertThat(refusal("schema-guard.schemas=nobody_%").description())
          .contains("no schema matches 'nobody_%'");
    }

    @Test
    void thatAreEmptyAreNone() {
      Contexts.with(database)
          .withPropertyValues("schema-guard.schemas=", "schema-guard.schemas-from=")
          .run(
              context ->
                  assertThat(status(context.getSourceApplicationContext()).tenants()).isNull());
    }
  }

  @Nested
  class Gauges {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private ApplicationContextRunner contexts(DataSource dataSource) {
      return Contexts.withoutDatabase()
          .withConfiguration(AutoConfigurations.of(SchemaGuardMetricsAutoConfiguration.class))
          .withBean(DataSource.class, () -> dataSource)
          .withPropertyValues("schema-guard.refresh-interval=50ms");
    }

    private Gauge gauge(Verdict verdict) {
      return registry.find("schema.guard.tenants").tag("verdict", verdict.name()).gauge();
    }

    @Test
    void areAbsentWithoutTenants() {
      contexts(database.dataSource())
          .run(
              context -> {
                context.getBean(MeterBinder.class).bindTo(registry);
                assertThat(gauge(Verdict.UP_TO_DATE)).isNull();
              });
    }

    @Test
    void appearOnceSomebodyIsListed() {
      AtomicBoolean up = new AtomicBoolean();
      DataSource dataSource =
          SimpleDataSource.of(
              () -> {
                if (up.get()) {
                  return database.dataSource().getConnection();
                }
                throw new SQLException("Connection refused", "08001");
              });
      contexts(dataSource)
          .withPropertyValues(PATTERN)
          .run(
              context -> {
                context.getBean(MeterBinder.class).bindTo(registry);
                assertThat(gauge(Verdict.BEHIND)).isNull();

                up.set(true);
                Patience.until(
                    "listed", Duration.ofSeconds(20), () -> gauge(Verdict.UP_TO_DATE) != null);

                assertThat(gauge(Verdict.BEHIND).value()).isEqualTo(1);
                assertThat(gauge(Verdict.UNREACHABLE).value()).isZero();
              });
    }
  }

  /** An application that migrates every tenant itself, as Liquibase offers it. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class MigratesTenants {
    @Bean
    MultiTenantSpringLiquibase liquibase(
        DataSource dataSource, @Value("${tenants}") List<String> tenants) {
      MultiTenantSpringLiquibase liquibase = new MultiTenantSpringLiquibase();
      liquibase.setDataSource(dataSource);
      liquibase.setSchemas(tenants);
      liquibase.setChangeLog("classpath:tenants/changelog.yaml");
      return liquibase;
    }

    static ConfigurableApplicationContext start(TestDatabase database, String tenants) {
      return new SpringApplication(MigratesTenants.class)
          .run(
              "--spring.main.web-application-type=none",
              "--spring.main.banner-mode=off",
              "--spring.jpa.hibernate.ddl-auto=none",
              "--spring.liquibase.enabled=false",
              "--spring.datasource.url=" + database.url(),
              "--spring.datasource.username=" + database.user(),
              "--spring.datasource.password=" + database.password(),
              "--schema-guard.mode=strict",
              "--schema-guard.revisions=classpath:tenants/revisions.txt",
              "--" + PATTERN,
              "--tenants=" + tenants);
    }
  }

  @Test
  void mayBeNoneBeforeTheApplicationCreatesTheFirst() throws SQLException {
    TestDatabase own = H2.database();
    try (ConfigurableApplicationContext context = MigratesTenants.start(own, "")) {
      SchemaGuard guard = context.getBean(SchemaGuards.class).byName().get("");
      assertThat(guard.status().summary()).isEqualTo("There is no tenant yet");
      assertThat(guard.readiness()).isEqualTo(Readiness.NOT_READY);
      own.execute("CREATE SCHEMA TENANT_A");
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(guard.check().tenants().counts()).isEqualTo("1 UNINITIALIZED");
    }
    try (ConfigurableApplicationContext context = MigratesTenants.start(own, "TENANT_A")) {
      assertThat(status(context).summary()).isEqualTo("Schema is up to date for 1 tenant");
    }
  }

  @Test
  void areMigratedFirstWhereTheApplicationDoesThatAndNotAfterAFailure() throws SQLException {
    TestDatabase own = H2.database();
    own.execute("CREATE SCHEMA TENANT_A", "CREATE SCHEMA TENANT_B");
    try (ConfigurableApplicationContext context =
        MigratesTenants.start(own, "TENANT_A,TENANT_B")) {
      assertThat(status(context).summary()).isEqualTo("Schema is up to date for 2 tenants");
    }
    own.execute(
        "UPDATE TENANT_B.DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ORDEREXECUTED = 2",
        "CREATE SCHEMA TENANT_NEW");

    assertThatThrownBy(() -> MigratesTenants.start(own, "TENANT_NEW,TENANT_A,TENANT_B"))
        .hasStackTraceContaining("GUARD-FAILED");
    assertThat(
            own.rows(
                "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
                    + " WHERE TABLE_SCHEMA = 'TENANT_NEW'"))
        .isEmpty();
  }
}
