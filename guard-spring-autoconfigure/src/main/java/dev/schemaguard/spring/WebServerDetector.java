// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitializationDetector;
import org.springframework.util.ClassUtils;

/**
 * Makes the web server wait for the check, because it is created before the ordinary beans,
 * together with its filters, and a filter may write to the database.
 */
final class WebServerDetector implements DependsOnDatabaseInitializationDetector {

  /** The name is the same in Spring Boot 3.5 and 4. */
  private static final String FACTORY = "org.springframework.boot.web.server.WebServerFactory";

  @Override
  public Set<String> detect(ConfigurableListableBeanFactory beanFactory) {
    ClassLoader loader = GuardFactory.classLoader(beanFactory);
    return beanFactory.containsBeanDefinition(StartupCheck.BEAN)
            && ClassUtils.isPresent(FACTORY, loader)
        ? Set.of(
            beanFactory.getBeanNamesForType(
                ClassUtils.resolveClassName(FACTORY, loader), true, false))
        : Set.of();
  }
}
