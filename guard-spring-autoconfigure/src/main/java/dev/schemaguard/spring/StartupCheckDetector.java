// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector;
import org.springframework.core.Ordered;

/**
 * Orders {@link StartupCheck} after every migrator, and before the SQL scripts of the application
 * and of Batch, Quartz and Session, because those write to any database.
 */
final class StartupCheckDetector implements DatabaseInitializerDetector {

  @Override
  public Set<String> detect(ConfigurableListableBeanFactory beanFactory) {
    return beanFactory.containsBeanDefinition(StartupCheck.BEAN)
        ? Set.of(StartupCheck.BEAN)
        : Set.of();
  }

  /**
   * With {@code spring.jpa.defer-datasource-initialization}, Spring Boot has made every initialiser
   * depend on JPA by now. The first check must still run before JPA.
   */
  @Override
  public void detectionComplete(
      ConfigurableListableBeanFactory beanFactory, Set<String> dataSourceInitializerNames) {
    if (beanFactory.containsBeanDefinition(BeforeMigrationCheck.BEAN)) {
      beanFactory.getBeanDefinition(BeforeMigrationCheck.BEAN).setDependsOn();
    }
  }

  /** Spring Boot's detectors of scripts have the order {@code LOWEST_PRECEDENCE - 100}. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 200;
  }
}
