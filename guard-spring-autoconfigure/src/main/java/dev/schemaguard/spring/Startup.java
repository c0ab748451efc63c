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

/** The start of an application, and how it is aborted. */
final class Startup {

  private static final String MULTICASTER =
      AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME;

  private final ConfigurableApplicationContext context;
  private final StartingThread thread = new StartingThread();

  Startup(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Returns the result of {@code work}.
   *
   * @throws SchemaGuardStartupException if the guard refuses the schema or its configuration is
   *     invalid
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
   * Returns the result of {@code check}, which may borrow connections of {@link #lending}
   * DataSources.
   *
   * @throws SchemaGuardStartupException as {@link #step} does
   */
  <T> T check(Supplier<T> check) {
    return step(() -> thread.run(check));
  }

  /** Returns the view of {@code dataSource} that a guard uses. */
  DataSource lending(DataSource dataSource) {
    return thread.lending(dataSource);
  }

  /**
   * Ends the process successfully, because a starting application cannot be stopped in any other
   * way without a failure.
   */
  void end() {
    int unused = SpringApplication.exit(context);
    System.exit(0);
  }

  /**
   * Prepares the context for its failure. Spring Boot publishes an exit code event in the failed
   * context. For that it would create the event's listeners, long after the beans they need were
   * destroyed. That second failure would hide this one and its exit code.
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
