// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.IncompatibleSchemaException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;

/** The start of an application, and how it is called off. */
final class Startup {

  private static final String MULTICASTER =
      AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME;

  private final ConfigurableApplicationContext context;
  private final StartingThread thread = new StartingThread();

  Startup(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * What {@code work} gives.
   *
   * @throws SchemaGuardStartupException for what the guard refuses, and for its configuration
   *     errors
   */
  <T> T step(Supplier<T> work) {
    try {
      return work.get();
    } catch (IncompatibleSchemaException e) {
      throw callOff(SchemaGuardStartupException.of(e));
    } catch (ConfigurationException e) {
      throw callOff(SchemaGuardStartupException.of(e));
    }
  }

  /**
   * What {@code check} gives, which may borrow connections of {@link #lending} DataSources.
   *
   * @throws SchemaGuardStartupException as {@link #step} does
   */
  <T> T check(Supplier<T> check) {
    return step(() -> thread.run(check));
  }

  /** The view of {@code dataSource} that a guard uses. */
  DataSource lending(DataSource dataSource) {
    return thread.lending(dataSource);
  }

  /** Ends the process well: the start of an application has no other way to stop so. */
  void end() {
    int unused = SpringApplication.exit(context);
    System.exit(0);
  }

  /**
   * Prepares the context for its failure. Spring Boot publishes an event about the exit code in the
   * context that failed, and for that would make its listeners, long after the beans that they need
   * were destroyed; that failure would hide ours, and its exit code.
   */
  SchemaGuardStartupException callOff(SchemaGuardStartupException failure) {
    if (context.getBeanFactory().containsSingleton(MULTICASTER)) {
      context
          .getBean(MULTICASTER, ApplicationEventMulticaster.class)
          .removeApplicationListenerBeans(name -> true);
    }
    return failure;
  }
}
