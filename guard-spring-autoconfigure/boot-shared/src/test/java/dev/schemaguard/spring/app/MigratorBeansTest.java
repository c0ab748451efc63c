// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.spring.SchemaGuardStartupException;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;
import liquibase.integration.spring.SpringLiquibase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** The migrator's own bean says where the history is and what was done, not the settings. */
class MigratorBeansTest {

  private final TestDatabase database = H2.database();

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Shop {}

  private static String[] arguments(TestDatabase database, String tool, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--spring.main.web-application-type=none",
                "--spring.main.banner-mode=off",
                "--spring.jpa.hibernate.ddl-auto=none",
                "--schema-guard.matrix=classpath:shop/%s-old/compatibility.md".formatted(tool),
                "--spring.liquibase.change-log=classpath:shop/liquibase-old/changelog.yaml",
                "--spring.flyway.locations=classpath:shop/flyway-old",
                "--spring.liquibase.enabled=" + tool.equals("liquibase"),
                "--spring.flyway.enabled=" + tool.equals("flyway"),
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=sa"));
    all.addAll(List.of(more));
    if (all.stream().noneMatch(argument -> argument.startsWith("--schema-guard.mode="))) {
      all.add("--schema-guard.mode=strict");
    }
    return all.toArray(String[]::new);
  }

  private static ConfigurableApplicationContext start(
      Class<?> application,
      Consumer<GenericApplicationContext> beans,
      TestDatabase database,
      String tool,
      String... more) {
    SpringApplication start = new SpringApplication(application);
    start.addInitializers(context -> beans.accept((GenericApplicationContext) context));
    return start.run(arguments(database, tool, more));
  }

  private static MigrationStatus started(
      Class<?> application,
      Consumer<GenericApplicationContext> beans,
      TestDatabase database,
      String tool,
      String... more) {
    try (ConfigurableApplicationContext context =
        start(application, beans, database, tool, more)) {
      return context.getBean(SchemaGuards.class).byName().values().iterator().next().status();
    }
  }

  private static void assertStarts(
      Class<?> application, TestDatabase database, String tool, String... more) {
    assertThat(started(application, beans -> {}, database, tool, more).verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
    assertThat(started(application, beans -> {}, database, tool, more).verdict())
        .as("the second start")
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  private static SchemaGuardStartupException refusal(
      Class<?> application,
      Consumer<GenericApplicationContext> beans,
      TestDatabase database,
      String tool,
      String... more) {
    return Contexts.refusal(
        catchThrowable(() -> start(application, beans, database, tool, more).close()));
  }

  private static SpringLiquibase liquibase(SpringLiquibase liquibase, DataSource dataSource) {
    liquibase.setDataSource(dataSource);
    liquibase.setChangeLog("classpath:shop/liquibase-old/changelog.yaml");
    return liquibase;
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class OwnLiquibaseTable {
    @Bean
    SpringLiquibase migrations(DataSource dataSource) {
      SpringLiquibase liquibase = liquibase(new SpringLiquibase(), dataSource);
      liquibase.setDatabaseChangeLogTable("CHANGES");
      liquibase.setDatabaseChangeLogLockTable("CHANGES_LOCK");
      return liquibase;
    }
  }

  @Test
  void aTableThatSpringLiquibaseIsGivenIsRead() {
    assertStarts(OwnLiquibaseTable.class, database, "liquibase");
  }

  private static Flyway flyway(DataSource dataSource) {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:shop/flyway-old")
        .table("migrations")
        .load();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class OwnFlywayTable {
    @Bean(initMethod = "migrate")
    Flyway migrations(DataSource dataSource) {
      return flyway(dataSource);
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class OwnFlywayThatMigratesWhenMade {
    @Bean
    Flyway migrations(DataSource dataSource) {
      Flyway flyway = flyway(dataSource);
      flyway.migrate();
      return flyway;
    }
  }

  @Test
  void aTableThatFlywayIsGivenIsRead() {
    assertStarts(OwnFlywayTable.class, database, "flyway");
    assertStarts(OwnFlywayThatMigratesWhenMade.class, H2.database(), "flyway");
  }

  @Test
  void aRunThatOnlyChecksAsksTheBeanAndMigratesNothing() throws SQLException {
    for (Class<?> application : List.of(OwnLiquibaseTable.class, OwnFlywayTable.class)) {
      TestDatabase empty = H2.database();
      String tool = application == OwnFlywayTable.class ? "flyway" : "liquibase";

      SchemaGuardStartupException refusal =
          refusal(application, beans -> {}, empty, tool, "--schema-guard.only=check");

      assertThat(refusal.getExitCode()).isEqualTo(7);
      assertThat(refusal.description())
          .contains(tool.equals("flyway") ? "table migrations" : "table CHANGES");
      assertThat(
              empty.rows(
                  "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"))
          .isEmpty();
    }
  }

  /** The type has one name in Spring Boot 3.5, and another in 4. */
  private static Class<?> bootType(String tool, String name) {
    ClassLoader loader = MigratorBeansTest.class.getClassLoader();
    String old = "org.springframework.boot.autoconfigure.%s.%s".formatted(tool, name);
    return ClassUtils.resolveClassName(
        ClassUtils.isPresent(old, loader)
            ? old
            : "org.springframework.boot.%s.autoconfigure.%s".formatted(tool, name),
        loader);
  }

  /** A bean of a type that is a function of one argument. */
  @SuppressWarnings("unchecked")
  private static Consumer<GenericApplicationContext> function(
      Class<?> type, Consumer<Object> function) {
    Object bean =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, values) -> {
              if (method.getDeclaringClass() == Object.class) {
                return method.invoke(function, values);
              }
              function.accept(values[0]);
              return null;
            });
    return context -> context.registerBean("function", (Class<Object>) type, () -> bean);
  }

  @Test
  void aTableThatACustomizerSetsIsRead() {
    Consumer<GenericApplicationContext> customizer =
        function(
            bootType("flyway", "FlywayConfigurationCustomizer"),
            configuration -> ((FluentConfiguration) configuration).table("migrations"));

    assertThat(started(Shop.class, customizer, database, "flyway").verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
    assertThat(started(Shop.class, customizer, database, "flyway").verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  private static Consumer<GenericApplicationContext> dataSources(
      TestDatabase application, TestDatabase migrated, String tool, boolean primary) {
    return context -> {
      AbstractBeanDefinition own = dataSource(application);
      own.setPrimary(primary);
      AbstractBeanDefinition migrations = dataSource(migrated);
      migrations.addQualifier(
          new AutowireCandidateQualifier(
              bootType(
                  tool, tool.equals("flyway") ? "FlywayDataSource" : "LiquibaseDataSource")));
      BeanDefinitionRegistry registry = context;
      registry.registerBeanDefinition("own", own);
      registry.registerBeanDefinition("migrations", migrations);
    };
  }

  private static AbstractBeanDefinition dataSource(TestDatabase database) {
    return BeanDefinitionBuilder.genericBeanDefinition(DataSource.class, database::dataSource)
        .getBeanDefinition();
  }

  @Test
  void theDataSourceOfTheMigratorIsChecked() {
    for (String tool : List.of("liquibase", "flyway")) {
      TestDatabase migrated = H2.database();
      Consumer<GenericApplicationContext> beans =
          dataSources(H2.database(), migrated, tool, true);

      assertThat(started(Shop.class, beans, database, tool).verdict())
          .as(tool)
          .isEqualTo(Verdict.UP_TO_DATE);
      assertThat(started(Shop.class, beans, database, tool).verdict())
          .as(tool)
          .isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  @Test
  void theDataSourceOfTheMigratorIsChosenWhereNoneIsPrimary() {
    Consumer<GenericApplicationContext> beans =
        dataSources(H2.database(), H2.database(), "liquibase", false);

    assertThat(
            started(
                    Shop.class,
                    beans,
                    database,
                    "liquibase",
                    "--spring.data.jpa.repositories.enabled=false",
                    "--spring.autoconfigure.exclude="
                        + String.join(
                            ",",
                            "org.springframework.boot.autoconfigure.jooq.JooqAutoConfiguration",
                            "org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration",
                            "org.springframework.boot.autoconfigure.orm.jpa"
                                + ".HibernateJpaAutoConfiguration",
                            "org.springframework.boot.hibernate.autoconfigure"
                                + ".HibernateJpaAutoConfiguration"))
                .verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void theUrlOfTheMigratorIsCheckedAlsoWhereItIsOff() {
    for (String tool : List.of("flyway", "liquibase")) {
      TestDatabase migrated = H2.database();
      String[] url = {
        "--spring." + tool + ".url=" + migrated.url(),
        "--spring." + tool + ".user=sa",
        "--spring." + tool + ".password="
      };
      assertStarts(Shop.class, database, tool, url);
      assertThat(startedWithoutMigrator(tool, url).verdict())
          .as(tool + " is off")
          .isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  private MigrationStatus startedWithoutMigrator(String tool, String[] settings) {
    List<String> all = new ArrayList<>(List.of(arguments(database, tool, settings)));
    all.replaceAll(argument -> argument.replace(".enabled=true", ".enabled=false"));
    try (ConfigurableApplicationContext context =
        new SpringApplication(Shop.class).run(all.toArray(String[]::new))) {
      return context.getBean(SchemaGuards.class).byName().get("").status();
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class TwoMigrators {
    @Bean
    DataSource second() {
      return second.dataSource();
    }

    static TestDatabase second;

    @Bean
    @Primary
    DataSource first(Environment environment) {
      return new TestDatabase(environment.getProperty("spring.datasource.url"), "sa", "")
          .dataSource();
    }

    @Bean
    SpringLiquibase ofSecond() {
      SpringLiquibase liquibase = liquibase(new SpringLiquibase(), second.dataSource());
      liquibase.setDatabaseChangeLogTable("SECOND_CHANGES");
      liquibase.setDataSource(second());
      return liquibase;
    }

    @Bean
    SpringLiquibase ofFirst(DataSource first) {
      SpringLiquibase liquibase = liquibase(new SpringLiquibase(), first);
      liquibase.setDatabaseChangeLogTable("FIRST_CHANGES");
      return liquibase;
    }
  }

  @Test
  void eachOfSeveralMigratorsTellsAboutItsOwnDatabase() {
    TwoMigrators.second = H2.database();
    String[] guards = {
      "--schema-guard.guards.one.data-source=first",
      "--schema-guard.guards.one.matrix=classpath:shop/liquibase-old/compatibility.md",
      "--schema-guard.guards.two.data-source=second",
      "--schema-guard.guards.two.matrix=classpath:shop/liquibase-old/compatibility.md"
    };
    for (int run = 0; run < 2; run++) {
      try (ConfigurableApplicationContext context =
          start(TwoMigrators.class, beans -> {}, database, "liquibase", guards)) {
        assertThat(context.getBean(SchemaGuards.class).byName().values())
            .hasSize(2)
            .allSatisfy(
                guard -> assertThat(guard.status().verdict()).isEqualTo(Verdict.UP_TO_DATE));
      }
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class SchemaMadeByABean {
    @Bean
    Object schema(DataSource dataSource) throws SQLException {
      try (var connection = dataSource.getConnection();
          var statement = connection.createStatement()) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS APP");
      }
      return new Object();
    }

    @Bean
    @DependsOn("schema")
    SpringLiquibase migrations(DataSource dataSource) {
      SpringLiquibase liquibase = liquibase(new SpringLiquibase(), dataSource);
      liquibase.setDefaultSchema("APP");
      return liquibase;
    }
  }

  @Test
  void aSchemaThatABeanCreatesBeforeTheMigratorMayBeMissingUntilThen() {
    assertStarts(SchemaMadeByABean.class, database, "liquibase");
    assertStarts(
        SchemaMadeByABean.class,
        H2.database(),
        "liquibase",
        "--spring.liquibase.default-schema=APP");
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class ToldNotToRun {
    @Bean
    SpringLiquibase migrations(DataSource dataSource) {
      SpringLiquibase liquibase = liquibase(new SpringLiquibase(), dataSource);
      liquibase.setShouldRun(false);
      return liquibase;
    }
  }

  @Test
  void aMigratorThatIsConfiguredNotToRunIsSaidToBe() {
    assertThat(refusal(ToldNotToRun.class, beans -> {}, database, "liquibase").action())
        .contains("this application's migrator is configured not to run")
        .doesNotContain("migrator ran");
  }

  @Test
  void aMigrationStrategyOfItsOwnIsNotSaidToHaveMigrated() {
    Consumer<GenericApplicationContext> nothing =
        function(bootType("flyway", "FlywayMigrationStrategy"), flyway -> {});

    assertThat(refusal(Shop.class, nothing, database, "flyway").action())
        .contains("this application's own code runs its migrator")
        .doesNotContain("migrator ran");
  }

  @Test
  void whatAMigrationStrategyRepairsIsNotRefusedBefore() throws SQLException {
    started(Shop.class, beans -> {}, database, "flyway");
    database.execute("UPDATE \"flyway_schema_history\" SET \"success\" = FALSE");
    database.execute("DROP VIEW current_release", "DROP TABLE shop");
    Consumer<GenericApplicationContext> repair =
        function(
            bootType("flyway", "FlywayMigrationStrategy"),
            flyway -> {
              ((Flyway) flyway).repair();
              ((Flyway) flyway).migrate();
            });

    assertThat(started(Shop.class, repair, database, "flyway").verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  /** As the asynchronous migrator that application generators add. */
  static class Asynchronous extends SpringLiquibase {
    private final CountDownLatch begin;

    Asynchronous(CountDownLatch begin) {
      this.begin = begin;
    }

    @Override
    public void afterPropertiesSet() {
      Thread thread =
          new Thread(
              () -> {
                try {
                  begin.await(20, TimeUnit.SECONDS);
                  super.afterPropertiesSet();
                } catch (InterruptedException | LiquibaseException e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class InTheBackground {
    static CountDownLatch begin;

    @Bean
    SpringLiquibase migrations(DataSource dataSource) {
      return liquibase(new Asynchronous(begin), dataSource);
    }
  }

  @Test
  void aMigratorInTheBackgroundIsAwaitedIfTheStartMayWait() {
    InTheBackground.begin = new CountDownLatch(1);
    assertThat(refusal(InTheBackground.class, beans -> {}, database, "liquibase").action())
        .contains("in the background", "schema-guard.wait-timeout")
        .doesNotContain("migrator ran");
    InTheBackground.begin.countDown();

    InTheBackground.begin = new CountDownLatch(0);
    assertThat(
            started(
                    InTheBackground.class,
                    beans -> {},
                    H2.database(),
                    "liquibase",
                    "--schema-guard.wait-timeout=60s")
                .verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aMigrationThatTheChainLacksIsSaidToBeTheApplicationsOwn() {
    SchemaGuardStartupException refusal =
        refusal(
            Shop.class,
            beans -> {},
            database,
            "flyway",
            "--spring.flyway.locations=classpath:shop/flyway-old,classpath:writers/flyway");

    assertThat(refusal.getExitCode()).isEqualTo(4);
    assertThat(refusal.description()).contains("has just applied");
    assertThat(refusal.action())
        .contains("regenerate revisions.txt")
        .doesNotContain("deploy the version");
  }

  @Test
  void aMigrationThatWasThereBeforeIsSaidToBeAnotherVersions() {
    started(Shop.class, beans -> {}, database, "flyway");
    started(
        Shop.class,
        beans -> {},
        database,
        "flyway",
        "--schema-guard.mode=warn",
        "--spring.flyway.locations=classpath:shop/flyway-old,classpath:writers/flyway");

    assertThat(
            refusal(
                    Shop.class,
                    beans -> {},
                    database,
                    "flyway",
                    "--spring.flyway.ignore-migration-patterns=*:future,*:missing")
                .action())
        .contains("deploy the version that brought it");
  }

  @Test
  void rowsThatAreDeletedWhileItRunsAreNotBlamedOnTheMigrator() throws SQLException {
    try (ConfigurableApplicationContext context =
        start(Shop.class, beans -> {}, database, "liquibase")) {
      var guard = context.getBean(SchemaGuards.class).byName().get("");
      database.execute("DELETE FROM DATABASECHANGELOG");
      assertThat(guard.check().problem().actions().toString())
          .contains("found the schema compatible before")
          .doesNotContain("migrator ran");
      database.execute("DROP TABLE DATABASECHANGELOG");
      assertThat(guard.check().problem().actions().toString())
          .contains("dropped")
          .doesNotContain("migrator ran");
    }
  }
}
