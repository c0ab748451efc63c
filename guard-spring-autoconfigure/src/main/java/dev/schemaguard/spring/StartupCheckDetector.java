// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector;
import org.springframework.core.Ordered;

/** Puts {@link StartupCheck} behind whatever else initialises a database. */
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

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
