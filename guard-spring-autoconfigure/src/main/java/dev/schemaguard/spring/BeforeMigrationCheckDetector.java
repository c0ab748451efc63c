// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector;
import org.springframework.core.Ordered;

/** Orders {@link BeforeMigrationCheck} before every other database initialiser. */
final class BeforeMigrationCheckDetector implements DatabaseInitializerDetector {

  @Override
  public Set<String> detect(ConfigurableListableBeanFactory beanFactory) {
    return beanFactory.containsBeanDefinition(BeforeMigrationCheck.BEAN)
        ? Set.of(BeforeMigrationCheck.BEAN)
        : Set.of();
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
