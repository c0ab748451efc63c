// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.spring.SchemaGuardStartupException;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.SpringProperties;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** DataSources that have Spring make beans when they are first asked for a connection. */
class DataSourcesThatAskSpringTest {

  private static final String STRICT_LOCKING = "spring.locking.strict";

  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    database = H2.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
  }

  /** As it was before Spring 6.2: no thread makes a bean while another one does. */
  @BeforeEach
  void lockStrictly() {
    SpringProperties.setProperty(STRICT_LOCKING, "true");
  }

  @AfterEach
  void lockAsUsual() {
    SpringProperties.setProperty(STRICT_LOCKING, null);
  }

  /** What a DataSource needs first. */
  record Credentials(TestDatabase database) {}

  @Configuration(proxyBeanMethods = false)
  static class OfALazyBean {
    @Bean
    @Lazy
    Credentials credentials() {
      return new Credentials(database);
    }

    @Bean
    DataSource dataSource(ObjectProvider<Credentials> credentials) {
      return SimpleDataSource.of(
          () -> credentials.getObject().database().dataSource().getConnection());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfALazyEmptyDatabase {
    @Bean
    @Lazy
    Credentials credentials() {
      return new Credentials(H2.database());
    }

    @Bean
    DataSource dataSource(ObjectProvider<Credentials> credentials) {
      return new OfALazyBean().dataSource(credentials);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfAScope {
    @Bean
    static CustomScopeConfigurer scopes() {
      CustomScopeConfigurer scopes = new CustomScopeConfigurer();
      scopes.addScope("refreshed", new SimpleThreadScope());
      return scopes;
    }

    @Bean
    @Lazy
    Credentials credentials() {
      return new Credentials(database);
    }

    @Bean
    @Scope(scopeName = "refreshed", proxyMode = ScopedProxyMode.INTERFACES)
    DataSource dataSource(Credentials credentials) {
      return credentials.database().dataSource();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfARouter {
    @Bean
    @Lazy
    Credentials credentials() {
      return new Credentials(database);
    }

    @Bean
    DataSource dataSource(ObjectProvider<Credentials> credentials) {
      AbstractRoutingDataSource router =
          new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
              return credentials.getObject().database().user();
            }
          };
      router.setTargetDataSources(Map.of("sa", database.dataSource()));
      return router;
    }
  }

  static class Factory implements FactoryBean<Credentials> {
    @Override
    public Credentials getObject() {
      return new Credentials(database);
    }

    @Override
    public Class<?> getObjectType() {
      return Credentials.class;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfAFactoryBean {
    @Bean
    @Lazy
    Factory credentials() {
      return new Factory();
    }

    @Bean
    DataSource dataSource(ObjectProvider<Credentials> credentials) {
      return SimpleDataSource.of(
          () -> credentials.getObject().database().dataSource().getConnection());
    }
  }

  /** The thread that the check waits for is itself one that waits for the start. */
  @Configuration(proxyBeanMethods = false)
  static class BehindALockOfItsOwn {
    @Bean
    @Lazy
    Credentials credentials() {
      return new Credentials(database);
    }

    @Bean
    DataSource dataSource(ObjectProvider<Credentials> credentials) {
      AtomicReference<Thread> helper = new AtomicReference<>();
      Object lock = new Object();
      return SimpleDataSource.of(
          () -> {
            if (helper.get() == null && Thread.currentThread().getName().startsWith("schema-")) {
              CountDownLatch locked = new CountDownLatch(1);
              helper.set(
                  new Thread(
                      () -> {
                        synchronized (lock) {
                          locked.countDown();
                          credentials.getObject();
                        }
                      }));
              helper.get().setDaemon(true);
              helper.get().start();
              awaitQuietly(locked);
              synchronized (lock) {
                return credentials.getObject().database().dataSource().getConnection();
              }
            }
            return credentials.getObject().database().dataSource().getConnection();
          });
    }

    private static void awaitQuietly(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static ApplicationContextRunner strict(Class<?> configuration) {
    return Contexts.withoutDatabase()
        .withUserConfiguration(configuration)
        .withPropertyValues(
            "schema-guard.mode=strict",
            "schema-guard.timeout=2s",
            "schema-guard.application-version=0.6.1");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OfALazyBean.class,
        OfAScope.class,
        OfARouter.class,
        OfAFactoryBean.class,
        BehindALockOfItsOwn.class
      })
  void areCheckedWithoutADeadlock(Class<?> configuration) {
    strict(configuration)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(SchemaGuards.class).byName().get("").status().verdict())
                  .isEqualTo(Verdict.UP_TO_DATE);
            });
  }

  @Test
  void areCheckedBySeveralGuardsAndForTenantsWithoutADeadlock() {
    strict(OfALazyBean.class)
        .withPropertyValues(
            "schema-guard.guards.one.data-source=dataSource",
            "schema-guard.guards.all.schemas=PUBLIC")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void areAskedByAnInitContainerWithoutADeadlock() {
    strict(OfALazyEmptyDatabase.class)
        .withPropertyValues("schema-guard.only=check")
        .run(
            context ->
                assertThat(Contexts.refusal(context.getStartupFailure()).getExitCode())
                    .isEqualTo(7));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnGuards {
    @Bean
    SchemaGuards guards(DataSource dataSource) {
      Tenants customers = Tenants.databases(Map.of("one", dataSource, "two", dataSource));
      return SchemaGuards.of(
          guard(dataSource, "mine").build(), guard(dataSource, "all").tenants(customers).build());
    }

    private static SchemaGuardBuilder guard(DataSource dataSource, String name) {
      return Statewave.guard(dataSource, "0.6.1")
          .name(name)
          .mode(Mode.STRICT)
          .timeout(Duration.ofSeconds(2));
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {OfALazyBean.class, OfAFactoryBean.class})
  void areCheckedByGuardsOfTheApplicationsOwnWithoutADeadlock(Class<?> configuration) {
    strict(configuration)
        .withUserConfiguration(OwnGuards.class)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Configuration(proxyBeanMethods = false)
  static class OfARouterWithoutAKey {
    @Bean
    DataSource shop() {
      return database.dataSource();
    }

    @Bean
    @Primary
    DataSource router() {
      AbstractRoutingDataSource router =
          new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
              return null;
            }
          };
      router.setTargetDataSources(Map.of("shop", shop()));
      return router;
    }
  }

  /** Opens a connection when it is first used, as for replicas that only read. */
  @Configuration(proxyBeanMethods = false)
  static class OfALazyRouterWithoutAKey {
    @Bean
    DataSource shop() {
      return database.dataSource();
    }

    @Bean
    @Primary
    DataSource lazy() {
      LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy();
      AbstractRoutingDataSource router =
          (AbstractRoutingDataSource) new OfARouterWithoutAKey().router();
      router.afterPropertiesSet();
      lazy.setTargetDataSource(router);
      lazy.setDefaultAutoCommit(true);
      lazy.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      return lazy;
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {OfARouterWithoutAKey.class, OfALazyRouterWithoutAKey.class})
  void areRefusedIfTheyHaveNoTargetWithTheSettingThatHelps(Class<?> configuration) {
    strict(configuration)
        .run(
            context -> {
              SchemaGuardStartupException refusal = Contexts.refusal(context.getStartupFailure());
              assertThat(refusal.description())
                  .contains("GUARD-UNREACHABLE-DATASOURCE")
                  .contains("Cannot determine target DataSource for lookup key [null]");
              assertThat(refusal.action())
                  .contains(
                      "set schema-guard.data-source to the DataSource bean of one database, or name"
                          + " a guard for each under schema-guard.guards")
                  .contains("default target")
                  .doesNotContain("host", "port", "runs");
            });
    strict(configuration)
        .withPropertyValues("schema-guard.data-source=shop")
        .run(context -> assertThat(context).hasNotFailed());
    strict(configuration)
        .withPropertyValues("schema-guard.guards.shop.data-source=shop")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Configuration(proxyBeanMethods = false)
  static class Hangs {
    @Bean
    DataSource dataSource() {
      return SimpleDataSource.of(
          () -> {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return database.dataSource().getConnection();
          });
    }
  }

  @Test
  @Timeout(60)
  void oneThatHangsEndsWithinTheTimeoutAllTheSame() {
    strict(Hangs.class)
        .run(
            context ->
                assertThat(Contexts.refusal(context.getStartupFailure()).description())
                    .contains("GUARD-UNREACHABLE-TIMEOUT"));
  }
}
