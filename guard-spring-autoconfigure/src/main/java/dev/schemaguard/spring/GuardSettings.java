// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.matrix.ConfigurationException;
import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * The settings as bound. Bound here and not by Spring Boot, so that a bad one is a configuration
 * error as everywhere in Schema Guard, with its exit code, and a misspelt one is none the less.
 *
 * @param application the settings of the application
 * @param guards the settings of every guard by name; the only one has the empty name
 */
record GuardSettings(SchemaGuardProperties application, Map<String, GuardProperties> guards) {

  static final String PREFIX = "schema-guard";

  /**
   * The settings in {@code environment}.
   *
   * @throws ConfigurationException if one has no meaning or is not known
   */
  static GuardSettings bind(Environment environment) {
    Binder binder = Binder.get(environment);
    SchemaGuardProperties application = new SchemaGuardProperties();
    bind(
        binder,
        PREFIX,
        application,
        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
    Map<String, GuardProperties> guards = new LinkedHashMap<>();
    for (String name : application.getGuards().keySet()) {
      guards.put(name, named(binder, name));
    }
    return new GuardSettings(application, guards.isEmpty() ? Map.of("", application) : guards);
  }

  /** One of several: what it does not say, the application says, but for where its schema is. */
  private static GuardProperties named(Binder binder, String name) {
    GuardProperties guard = new GuardProperties();
    bind(binder, PREFIX, guard, BindHandler.DEFAULT);
    guard.setDataSource(null);
    guard.setMatrix(null);
    guard.setRevisions(null);
    guard.setTool(null);
    guard.setSchema(null);
    guard.setTable(null);
    guard.setLockTable(null);
    bind(binder, prefix(name), guard, BindHandler.DEFAULT);
    return guard;
  }

  /** The name under which the settings of a guard stand. */
  static String prefix(String guard) {
    return guard.isEmpty() ? PREFIX : PREFIX + ".guards." + guard;
  }

  /** Those of the guards, in their order, for which a setting says yes; without settings, too. */
  Map<String, SchemaGuard> select(SchemaGuards all, Predicate<GuardProperties> role) {
    Map<String, SchemaGuard> selected = new LinkedHashMap<>(all.byName());
    selected.keySet().removeIf(name -> guards.containsKey(name) && !role.test(guards.get(name)));
    return selected;
  }

  private static <T> void bind(Binder binder, String prefix, T instance, BindHandler handler) {
    try {
      binder.bind(prefix, Bindable.ofInstance(instance), handler);
    } catch (BindException e) {
      throw e.getCause() instanceof UnboundConfigurationPropertiesException unknown
          ? unknown(unknown)
          : unusable(e);
    }
  }

  private static ConfigurationException unknown(UnboundConfigurationPropertiesException failure) {
    return new ConfigurationException(
        failure.getUnboundProperties().stream()
            .map(GuardSettings::place)
            .collect(Collectors.joining(", ")),
        "there is no such setting",
        "Correct its name or remove it; the settings are " + names());
  }

  private static ConfigurationException unusable(BindException failure) {
    ConfigurationProperty property = failure.getProperty();
    Class<?> type = failure.getTarget().getType().resolve(Object.class);
    return new ConfigurationException(
        property == null ? failure.getName().toString() : place(property),
        "'" + (property == null ? "" : property.getValue()) + "' cannot be used here",
        type.isEnum()
            ? "Write one of "
                + Arrays.stream(type.getEnumConstants())
                    .map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))
                + "."
            : "Write a "
                + type.getSimpleName().toLowerCase(Locale.ROOT)
                + (type.getSimpleName().equals("Duration") ? ", such as 10s or PT10S." : "."),
        failure);
  }

  /** The name of a setting, and the file and line that it stands in. */
  private static String place(ConfigurationProperty property) {
    return property.getName()
        + (property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")");
  }

  private static String names() {
    return Arrays.stream(BeanUtils.getPropertyDescriptors(SchemaGuardProperties.class))
        .filter(property -> property.getWriteMethod() != null)
        .map(PropertyDescriptor::getName)
        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }
}
