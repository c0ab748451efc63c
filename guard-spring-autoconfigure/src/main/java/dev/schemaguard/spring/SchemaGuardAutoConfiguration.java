// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuards;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the guard for Spring Boot. It is active if there is a DataSource, and a
 * matrix, a revision chain or a setting. Class names are those of Spring Boot 3.5 and of 4.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
      "org.springframework.boot.autoconfigure.jdbc.JndiDataSourceAutoConfiguration",
      "org.springframework.boot.autoconfigure.jdbc.XADataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.JndiDataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.XADataSourceAutoConfiguration"
    })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass(DataSource.class)
@ConditionalOnProperty(prefix = "schema-guard", name = "enabled", matchIfMissing = true)
@ImportRuntimeHints(SchemaGuardAutoConfiguration.Hints.class)
public final class SchemaGuardAutoConfiguration {

  @Bean
  Startup schemaGuardStartup(ConfigurableApplicationContext context) {
    return new Startup(context);
  }

  @Bean
  BoundSettings schemaGuardSettings(Startup startup, Environment environment) {
    return startup.step(() -> BoundSettings.bind(environment));
  }

  @Bean
  EarlyCheck schemaGuardEarlyCheck(
      Startup startup, BoundSettings settings, ConfigurableApplicationContext context) {
    return new EarlyCheck(startup, settings, context.getEnvironment(), context);
  }

  @Configuration(proxyBeanMethods = false)
  @Conditional(OnGuardCondition.class)
  static class Guarded {

    /** The method is static because this post-processor must exist before any migrator. */
    @Bean
    static Migrators schemaGuardMigrators(ConfigurableListableBeanFactory beans) {
      return new Migrators(beans);
    }

    @Bean
    static OwnGuards schemaGuardOwnGuards(BeanFactory beans) {
      return new OwnGuards(beans);
    }

    @Bean
    MigratorCheck schemaGuardMigratorCheck(
        Startup startup, BoundSettings settings, ConfigurableListableBeanFactory beans) {
      return new MigratorCheck(startup, settings, beans);
    }

    @Bean(BeforeMigrationCheck.BEAN)
    @Lazy
    BeforeMigrationCheck schemaGuardBeforeMigrationCheck(
        Startup startup,
        BoundSettings settings,
        ObjectProvider<SchemaGuards> guards,
        Migrators migrators,
        MigratorCheck check,
        Environment environment) {
      return new BeforeMigrationCheck(
          startup,
          settings,
          guards::getObject,
          migrators,
          check,
          environment.getProperty(
              "spring.jpa.defer-datasource-initialization", Boolean.class, false));
    }

    @Bean(StartupCheck.BEAN)
    StartupCheck schemaGuardStartupCheck(
        Startup startup, BoundSettings settings, SchemaGuards guards) {
      return new StartupCheck(startup, settings, guards);
    }

    @Bean
    @ConditionalOnProperty(prefix = "schema-guard", name = "events", matchIfMissing = true)
    @Lazy(false)
    StatusEvents schemaGuardStatusEvents(SchemaGuards guards, ApplicationEventPublisher publisher) {
      return new StatusEvents(guards, publisher);
    }

    /** Creates the guards, unless the application has its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(SchemaGuards.class)
    static class Guards {

      @Bean
      GuardFactory schemaGuardFactory(
          Startup startup,
          BoundSettings settings,
          ConfigurableListableBeanFactory beans,
          Environment environment,
          Migrators migrators,
          MigratorCheck check) {
        return new GuardFactory(settings, beans, environment, startup, migrators, check);
      }

      @Bean
      SchemaGuards schemaGuards(Startup startup, GuardFactory factory) {
        return startup.step(factory::guards);
      }
    }

    /**
     * Active on request. The method is static because this post-processor must exist before any
     * pool.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HikariDataSource.class)
    @ConditionalOnProperty(prefix = "schema-guard", name = "mark-connections", havingValue = "true")
    static class Marking {

      @Bean
      static TaggedPools schemaGuardMarkedPools(
          ConfigurableListableBeanFactory beans, Environment environment) {
        return new TaggedPools(beans, environment);
      }
    }

    /**
     * Spring Boot imports this class only together with its own migrators, but the order must also
     * be kept if migrations run elsewhere.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DatabaseInitializationDependencyConfigurer.class)
    @Import(DatabaseInitializationDependencyConfigurer.class)
    static class Order {}
  }

  static final class Hints implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
      BindableRuntimeHintsRegistrar.forTypes(SchemaGuardProperties.class, GuardProperties.class)
          .registerHints(hints);
      hints.resources().registerPattern("schema-guard/*");
    }
  }
}
