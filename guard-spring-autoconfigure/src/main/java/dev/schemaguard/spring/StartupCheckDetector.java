// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector;
import org.springframework.core.Ordered;

/**
 * Puts {@link StartupCheck} behind every migrator, and before the SQL scripts of the application,
 * of Batch, Quartz and Session: those write to whatever database there is.
 */
final class StartupCheckDetector implements DatabaseInitializerDetector {

  @Override
  public Set<String> detect(ConfigurableListableBeanFactory beanFactory) {
    return beanFactory.containsBeanDefinition(StartupCheck.BEAN)
        ? Set.of(StartupCheck.BEAN)
        : Set.of();
  }

  /**
   * With {@code spring.jpa.defer-datasource-initialization} Spring Boot has made every initialiser
   * depend on JPA by now. The first check stays before it.
   */
  @Override
  public void detectionComplete(
      ConfigurableListableBeanFactory beanFactory, Set<String> dataSourceInitializerNames) {
    if (beanFactory.containsBeanDefinition(BeforeMigrationCheck.BEAN)) {
      beanFactory.getBeanDefinition(BeforeMigrationCheck.BEAN).setDependsOn();
    }
  }

  /** Spring Boot's detectors of scripts stand at {@code LOWEST_PRECEDENCE - 100}. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 200;
  }
}
