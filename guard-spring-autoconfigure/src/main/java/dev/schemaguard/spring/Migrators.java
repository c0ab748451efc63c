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
 * The application's migrators, each as its own bean describes it. It meets each of them after all
 * that it depends on was made, and right before it runs. Thread-safe.
 */
final class Migrators implements BeanPostProcessor, PriorityOrdered {

  /** In Spring Boot 3.5, and in 4. */
  private static final List<String> STRATEGIES =
      List.of(
          "org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy",
          "org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy");

  private static final List<String> INITIALIZERS =
      List.of(
          "org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer",
          "org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer");

  /** Begins the name of an instance that only describes a migrator. */
  private static final String DESCRIPTION = "schemaGuardDescriptionOf:";

  private final ConfigurableListableBeanFactory beans;
  private final MigratorReader reader;
  private final Map<String, Migrator> described =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, Migrator> met = Collections.synchronizedMap(new LinkedHashMap<>());
  private volatile boolean asking;

  /** Ends the making of an instance that is not to be initialised, because it would run then. */
  private static final class DescribedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Migrator> migrator;

    DescribedException(Optional<Migrator> migrator) {
      super("described", null, false, false);
      this.migrator = migrator;
    }
  }

  /** What is checked before a migrator is looked up late: no post-processor sees what is now. */
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

  /** Whether the application has any. */
  boolean areThere() {
    return !names().isEmpty();
  }

  /** The tools of those whose beans do not exist yet. */
  Set<Tool> unmetTools() {
    Map<String, Tool> unmet = names();
    known().forEach(migrator -> unmet.remove(migrator.bean()));
    return Set.copyOf(unmet.values());
  }

  /** How many there are. */
  int count() {
    return names().size();
  }

  /**
   * Has each migrator whose bean does not exist yet describe itself through another instance, made
   * from the same definition, which is dropped before it is initialised. What has to precede the
   * bean is not made for it.
   *
   * @return whether all are known now
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
      // Without a description it needs what precedes it; then it is met when it is made.
      return e.getMostSpecificCause() instanceof DescribedException end
          ? end.migrator
          : Optional.empty();
    } finally {
      registry.removeBeanDefinition(DESCRIPTION + name);
    }
  }

  /** Those that are described or whose beans exist by now. */
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
        reader
            .read(name, beans.getBean(name), isOwnCode(name))
            .ifPresent(migrator -> known.put(name, migrator));
      }
    }
    return new ArrayList<>(known.values());
  }

  /** Whether one may migrate while its bean is made, before it can be asked. */
  boolean mayRunUnmet() {
    return names().entrySet().stream()
        .anyMatch(bean -> bean.getValue() == Tool.FLYWAY && mayMigrateWhenMade(bean.getKey()));
  }

  /**
   * Makes the beans of those that can be made without running, so that they can be asked; none of
   * them runs, nor is anything made that only has to precede them.
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

  /** A definition that was merged already is the one that counts; another would be merged anew. */
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
    reader
        .types()
        .forEach(
            (type, tool) ->
                Stream.of(
                        BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                            beans, type, true, false))
                    .forEach(name -> names.put(name, tool)));
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

  /** Whether the application itself decides what Flyway does, and may repair before it migrates. */
  private boolean isOwnCode(String flyway) {
    return !beansOf(STRATEGIES).isEmpty() || mayMigrateWhenMade(flyway);
  }

  /** Whether nothing else is seen to run Flyway: then the method that makes the bean may do so. */
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
