// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Lets guards that the application itself has created borrow connections through {@link Startup}.
 * Guards of {@link GuardFactory} do so from the beginning.
 */
final class OwnGuards implements BeanPostProcessor {

  private final BeanFactory beans;

  OwnGuards(BeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof SchemaGuards guards
        && beans.getBeanProvider(GuardFactory.class).getIfAvailable() == null) {
      Startup startup = beans.getBean(Startup.class);
      guards.byName().values().forEach(guard -> guard.borrowThrough(startup::lending));
    }
    return bean;
  }
}
