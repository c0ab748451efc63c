// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.spring.SchemaGuardAutoConfiguration;
import dev.schemaguard.spring.SchemaGuardEndpointAutoConfiguration;
import dev.schemaguard.spring.SchemaGuardHealthAutoConfiguration;
import dev.schemaguard.spring.SchemaGuardHealthBoot3AutoConfiguration;
import dev.schemaguard.spring.SchemaGuardInfoAutoConfiguration;
import dev.schemaguard.spring.SchemaGuardMetricsAutoConfiguration;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;

/** What the guard changes in an application besides itself: nothing. */
class FootprintTest {

  private static final String OURS =
      Stream.of(
              SchemaGuardAutoConfiguration.class,
              SchemaGuardEndpointAutoConfiguration.class,
              SchemaGuardHealthAutoConfiguration.class,
              SchemaGuardHealthBoot3AutoConfiguration.class,
              SchemaGuardInfoAutoConfiguration.class,
              SchemaGuardMetricsAutoConfiguration.class)
          .map(Class::getName)
          .collect(Collectors.joining(","));

  /** The readiness group of the application names a contributor that is ours. */
  private static final String GROUPS =
      "--management.endpoint.health.validate-group-membership=false";

  /** What Spring Boot has switched on, but for what is ours. */
  private static Set<String> switchedOn(ConfigurableApplicationContext context) {
    Set<String> names = new TreeSet<>();
    ConditionEvaluationReport.get(context.getBeanFactory())
        .getConditionAndOutcomesBySource()
        .forEach(
            (source, outcomes) -> {
              if (outcomes.isFullMatch() && !source.startsWith("dev.schemaguard")) {
                names.add(source);
              }
            });
    return names;
  }

  /** A class path without one of the migrators, which counts how often it is searched for it. */
  private static final class Searched extends FilteredClassLoader {
    private static final String MIGRATOR =
        "liquibase.integration.spring.MultiTenantSpringLiquibase";
    private final AtomicInteger searches = new AtomicInteger();

    Searched() {
      super(MIGRATOR);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(MIGRATOR)) {
        int unused = searches.incrementAndGet();
      }
      return super.loadClass(name, resolve);
    }
  }

  /** A search for a class that is missing looks into every jar, and there are many beans. */
  @Test
  void migratorsAreNotSearchedForAgainForEveryBean() {
    TestDatabase database = H2.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    Searched classPath = new Searched();
    Contexts.with(database)
        .withClassLoader(classPath)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBeanDefinitionCount()).isGreaterThan(10);
              assertThat(classPath.searches).hasValueBetween(1, 4);
            });
  }

  @Test
  void noOtherAutoConfigurationIsSwitchedOn() {
    TestDatabase database = H2.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    Set<String> with;
    try (RunningApplication application = RunningApplication.start(database, GROUPS)) {
      with = switchedOn(application.context());
    }
    try (RunningApplication application =
        RunningApplication.start(database, GROUPS, "--spring.autoconfigure.exclude=" + OURS)) {
      assertThat(with).hasSizeGreaterThan(50).isEqualTo(switchedOn(application.context()));
    }
  }
}
