// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import liquibase.integration.spring.SpringLiquibase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import statewave.HealthCache;

/**
 * With {@code spring.jpa.defer-datasource-initialization} JPA comes before migrators and scripts,
 * and Hibernate creates the table of its entity. Strict mode refuses a database before that.
 */
class DeferredInitializationTest {

  private static final String CHANGELOG = "classpath:db/changelog/db.changelog-master.yaml";

  private static TestDatabase elsewhere;

  private final TestDatabase database = H2.database();

  @BeforeEach
  void anotherDatabase() {
    elsewhere = H2.database();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @AutoConfigurationPackage(basePackageClasses = HealthCache.class)
  static class WithEntities {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @AutoConfigurationPackage(basePackageClasses = HealthCache.class)
  static class WithAMigratorThatIsSwitchedOff {
    @Bean
    SpringLiquibase migrations(DataSource dataSource) {
      SpringLiquibase liquibase = liquibase(dataSource);
      liquibase.setShouldRun(false);
      return liquibase;
    }
  }

  /** What JPA writes to is not what the application migrates. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @AutoConfigurationPackage(basePackageClasses = HealthCache.class)
  static class WithAMigratorOfAnotherDatabase {
    @Bean
    @Primary
    DataSource shown(Environment environment) {
      return new DriverManagerDataSource(
          environment.getRequiredProperty("spring.datasource.url"), "sa", "");
    }

    @Bean
    DataSource migrated() {
      return new DriverManagerDataSource(elsewhere.url(), "sa", "");
    }

    @Bean
    SpringLiquibase migrations(@Qualifier("migrated") DataSource migrated) {
      return liquibase(migrated);
    }
  }

  /** Nothing shows that the guarded DataSource leads to the migrated database. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @AutoConfigurationPackage(basePackageClasses = HealthCache.class)
  static class WithAMigratorBehindAnotherDataSource {
    @Bean
    @Primary
    DataSource shown(Environment environment) {
      return new DriverManagerDataSource(
          environment.getRequiredProperty("spring.datasource.url"), "sa", "");
    }

    @Bean
    DataSource migrated() {
      return elsewhere.dataSource();
    }

    @Bean
    SpringLiquibase migrations() {
      return liquibase(elsewhere.dataSource());
    }
  }

  private static SpringLiquibase liquibase(DataSource dataSource) {
    SpringLiquibase liquibase = new SpringLiquibase();
    liquibase.setDataSource(dataSource);
    liquibase.setChangeLog(CHANGELOG);
    return liquibase;
  }

  private RunningApplication start(Class<?> application, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--schema-guard.mode=strict",
                "--spring.main.web-application-type=none",
                "--spring.jpa.defer-datasource-initialization=true",
                "--spring.jpa.hibernate.ddl-auto=update",
                "--spring.sql.init.mode=always",
                "--spring.sql.init.data-locations=classpath:writers/library.sql"));
    arguments.addAll(List.of(more));
    return RunningApplication.start(
        new SpringApplication(application), database, arguments.toArray(String[]::new));
  }

  private void assertRefusedUntouched(int exitCode, Class<?> application, String... more)
      throws SQLException {
    database.execute("CREATE TABLE EXTRA (ID INT)", "INSERT INTO EXTRA VALUES (1)");
    List<String> before = contents();

    Throwable failure = catchThrowable(() -> start(application, more).close());

    assertThat(Contexts.refusal(failure).getExitCode()).isEqualTo(exitCode);
    assertThat(contents()).isEqualTo(before);
  }

  private List<String> contents() throws SQLException {
    List<String> contents =
        database.rows(
            "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS"
                + " WHERE TABLE_SCHEMA = 'PUBLIC' ORDER BY 1, 2");
    contents.addAll(database.rows("SELECT * FROM DATABASECHANGELOG ORDER BY 1"));
    contents.addAll(database.rows("SELECT ID FROM EXTRA"));
    return contents;
  }

  @Test
  void nothingIsWrittenBeforeAFailedMigrationIsRefused() throws SQLException {
    Statewave.update(database.dataSource(), 11);
    database.execute(
        "INSERT INTO DATABASECHANGELOG (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED,"
            + " EXECTYPE) VALUES ('0012_add_health_cache', 'statewave',"
            + " 'db/changelog/0012_add_health_cache.yaml', CURRENT_TIMESTAMP, 12, 'FAILED')");

    assertRefusedUntouched(5, WithEntities.class);
  }

  @Test
  void nothingIsWrittenBeforeAHistoryThatCannotBeReadIsRefused() throws SQLException {
    Statewave.update(database.dataSource(), 11);
    database.execute("ALTER TABLE DATABASECHANGELOG DROP COLUMN AUTHOR");

    assertRefusedUntouched(8, WithEntities.class);
  }

  @Test
  void nothingIsWrittenBeforeADatabaseIsRefusedWhoseMigratorIsSwitchedOff() throws SQLException {
    Statewave.update(database.dataSource(), 11);

    assertRefusedUntouched(3, WithAMigratorThatIsSwitchedOff.class);
  }

  @Test
  void nothingIsWrittenBeforeADatabaseIsRefusedThatTheMigratorHasNoPartIn() throws SQLException {
    Statewave.update(database.dataSource(), 11);

    assertRefusedUntouched(
        3, WithAMigratorOfAnotherDatabase.class, "--schema-guard.data-source=shown");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {WithAMigratorOfAnotherDatabase.class, WithAMigratorBehindAnotherDataSource.class})
  void whatAMigratorIsAboutToMigrateIsNotRefused(Class<?> application) throws SQLException {
    assumeThat(SpringBootVersion.getVersion())
        .as("Spring Boot 3.5 itself has a circle of beans with a migrator and this setting")
        .doesNotStartWith("3.");
    database.execute("CREATE TABLE EXTRA (ID INT)");
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    try (RunningApplication started =
        start(
            application,
            "--schema-guard.guards.one.data-source=shown",
            "--schema-guard.guards.two.data-source=migrated")) {
      assertThat(started.context().getBean(SchemaGuards.class).byName().get("two").status())
          .satisfies(status -> assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE));
      assertThat(started.context().getBeansOfType(SpringLiquibase.class)).hasSize(1);
    }
  }
}
