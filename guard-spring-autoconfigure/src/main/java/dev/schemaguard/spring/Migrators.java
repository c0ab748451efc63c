// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.history.Tool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ClassUtils;

/**
 * The application's migrators, each as its own bean describes it. As a post-processor, this class
 * sees each migrator after its dependencies were created, and immediately before it runs.
 * Thread-safe.
 */
final class Migrators implements BeanPostProcessor, PriorityOrdered {

  /** The class names in Spring Boot 3.5 and in 4. */
  private static final List<String> STRATEGIES =
      List.of(
          "org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy",
          "org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy");

  private static final List<String> INITIALIZERS =
      List.of(
          "org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer",
          "org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer");

  /** The prefix of the name of an instance that only describes a migrator. */
  private static final String DESCRIPTION = "schemaGuardDescriptionOf:";

  private final ConfigurableListableBeanFactory beans;
  private final MigratorReader reader;
  private final Map<String, Migrator> described =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, Migrator> met = Collections.synchronizedMap(new LinkedHashMap<>());
  private volatile boolean asking;

  /** Stops the creation of an instance that must not be initialised, because it would run then. */
  private static final class DescribedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Migrator> migrator;

    DescribedException(Optional<Migrator> migrator) {
      super("described", null, false, false);
      this.migrator = migrator;
    }
  }

  /**
   * The checks that run before a migrator are looked up late, because beans created at this point
   * are not seen by any post-processor.
   */
  Migrators(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
    this.reader = new MigratorReader(GuardFactory.classLoader(beans));
  }

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (name.startsWith(DESCRIPTION)) {
      String original = name.substring(DESCRIPTION.length());
      throw new DescribedException(reader.read(original, bean, isOwnCode(original)));
    }
    if (!reader.isMigrator(bean)) {
      return bean;
    }
    Optional<Migrator> migrator = reader.read(name, bean, isOwnCode(name));
    if (migrator.isPresent()) {
      met.put(name, migrator.get());
      if (asking) {
        disable(bean);
      } else {
        beans.getBean(MigratorCheck.class).check(migrator.get());
      }
    }
    return bean;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  /** Returns whether the application has any migrators. */
  boolean areThere() {
    return !names().isEmpty();
  }

  /** Returns the tools of the migrators whose beans do not exist yet. */
  Set<Tool> unmetTools() {
    Map<String, Tool> unmet = names();
    for (Migrator migrator : known()) {
      unmet.remove(migrator.bean());
    }
    return Set.copyOf(unmet.values());
  }

  /** Returns the number of migrators. */
  int count() {
    return names().size();
  }

  /**
   * Reads each migrator whose bean does not exist yet from another instance, which is created from
   * the same definition and dropped before it is initialised. Beans that the migrator depends on
   * are not created for it.
   *
   * @return whether all migrators are known now
   */
  boolean describe() {
    for (String name : names().keySet()) {
      if (!met.containsKey(name) && !isMade(name)) {
        describe(name).ifPresent(migrator -> described.put(name, migrator));
      }
    }
    return known().size() == count();
  }

  private Optional<Migrator> describe(String name) {
    if (!(beans instanceof BeanDefinitionRegistry registry)
        || !beans.containsBeanDefinition(name)
        || !(beans.getMergedBeanDefinition(name) instanceof AbstractBeanDefinition bean)) {
      return Optional.empty();
    }
    AbstractBeanDefinition description = bean.cloneBeanDefinition();
    description.setScope(BeanDefinition.SCOPE_PROTOTYPE);
    description.setDependsOn();
    description.setAutowireCandidate(false);
    description.setPrimary(false);
    registry.registerBeanDefinition(DESCRIPTION + name, description);
    try {
      Object unused = beans.getBean(DESCRIPTION + name);
      return Optional.empty();
    } catch (BeansException e) {
      // Without a description, the instance needs the beans that it depends on; the migrator is
      // then read when its bean is created.
      return e.getMostSpecificCause() instanceof DescribedException end
          ? end.migrator
          : Optional.empty();
    } finally {
      registry.removeBeanDefinition(DESCRIPTION + name);
    }
  }

  /** Returns the migrators that are described or whose beans already exist. */
  List<Migrator> known() {
    Map<String, Migrator> known = new LinkedHashMap<>();
    synchronized (described) {
      known.putAll(described);
    }
    synchronized (met) {
      known.putAll(met);
    }
    for (String name : names().keySet()) {
      if (!met.containsKey(name) && isMade(name)) {
        Optional<Migrator> made = reader.read(name, beans.getBean(name), isOwnCode(name));
        if (made.isPresent()) {
          known.put(name, made.get());
        }
      }
    }
    return new ArrayList<>(known.values());
  }

  /** Returns whether a migrator may migrate while its bean is created, before it can be read. */
  boolean mayRunUnmet() {
    return names().entrySet().stream()
        .anyMatch(bean -> bean.getValue() == Tool.FLYWAY && mayMigrateWhenMade(bean.getKey()));
  }

  /**
   * Creates the beans of the migrators that can be created without running, so that they can be
   * read. None of them runs, and beans that only have to precede them are not created.
   */
  void askWithoutRunning() {
    asking = true;
    names()
        .forEach(
            (name, tool) -> {
              if (beans.containsBeanDefinition(name)
                  && !(tool == Tool.FLYWAY && mayMigrateWhenMade(name))) {
                isolate(name);
                Object unused = beans.getBean(name);
              }
            });
  }

  /**
   * If a definition was merged already, the merged one is in effect; another would be merged again.
   */
  private void isolate(String name) {
    Consumer<BeanDefinition> change =
        definition -> {
          definition.setDependsOn();
          if (definition instanceof AbstractBeanDefinition bean
              && "migrate".equals(bean.getInitMethodName())) {
            bean.setInitMethodName(null);
          }
        };
    change.accept(beans.getBeanDefinition(name));
    change.accept(beans.getMergedBeanDefinition(name));
  }

  private static void disable(Object bean) {
    new BeanProperties(bean).set("shouldRun", false);
  }

  private Map<String, Tool> names() {
    Map<String, Tool> names = new LinkedHashMap<>();
    for (Map.Entry<Class<?>, Tool> type : reader.types().entrySet()) {
      for (String name :
          BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type.getKey(), true, false)) {
        names.put(name, type.getValue());
      }
    }
    return names;
  }

  private boolean isMade(String name) {
    BeanFactory at = beans;
    while (at instanceof ConfigurableListableBeanFactory factory) {
      if (factory.containsLocalBean(name)) {
        return factory.containsSingleton(name) && !factory.isCurrentlyInCreation(name);
      }
      at = factory.getParentBeanFactory();
    }
    return false;
  }

  /**
   * Returns whether the application itself decides what Flyway does, and may repair before it
   * migrates.
   */
  private boolean isOwnCode(String flyway) {
    return !beansOf(STRATEGIES).isEmpty() || mayMigrateWhenMade(flyway);
  }

  /**
   * Returns whether nothing else is known to run Flyway: then the method that creates the bean may
   * run it.
   */
  private boolean mayMigrateWhenMade(String flyway) {
    return beansOf(INITIALIZERS).isEmpty()
        && !(beans.containsBeanDefinition(flyway)
            && beans.getBeanDefinition(flyway) instanceof AbstractBeanDefinition definition
            && "migrate".equals(definition.getInitMethodName()));
  }

  private Collection<String> beansOf(List<String> types) {
    ClassLoader loader = GuardFactory.classLoader(beans);
    return types.stream()
        .filter(type -> ClassUtils.isPresent(type, loader))
        .flatMap(
            type ->
                Stream.of(
                    beans.getBeanNamesForType(
                        ClassUtils.resolveClassName(type, loader), true, false)))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
