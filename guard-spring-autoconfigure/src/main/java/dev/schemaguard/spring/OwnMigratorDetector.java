// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector;
import org.springframework.core.Ordered;

/**
 * Detects migrators that an application has created itself and that Spring Boot does not detect: in
 * Spring Boot 4 its own detectors are in the modules that run Liquibase and Flyway.
 */
final class OwnMigratorDetector implements DatabaseInitializerDetector {

  @Override
  public Set<String> detect(ConfigurableListableBeanFactory beanFactory) {
    Set<String> names = new LinkedHashSet<>();
    ClassLoader loader = GuardFactory.classLoader(beanFactory);
    if (beanFactory.containsBeanDefinition(StartupCheck.BEAN)) {
      for (Class<?> migrator : new MigratorReader(loader).types().keySet()) {
        for (String name : beanFactory.getBeanNamesForType(migrator, true, false)) {
          if (!isDetected(beanFactory, name)) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }

  /**
   * Spring Boot sets an attribute on each bean definition that one of its own detectors has found.
   */
  private static boolean isDetected(ConfigurableListableBeanFactory beans, String name) {
    return !beans.containsBeanDefinition(name)
        || beans.getBeanDefinition(name).hasAttribute(DatabaseInitializerDetector.class.getName());
  }

  /** Runs after Spring Boot's detectors of migrators, and before {@link StartupCheckDetector}. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 300;
  }
}
