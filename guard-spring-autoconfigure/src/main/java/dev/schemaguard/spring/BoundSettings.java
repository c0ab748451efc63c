// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.settings.DurationParser;
import dev.schemaguard.settings.PolicySettings;
import dev.schemaguard.settings.UnknownSetting;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyNameException;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The bound settings. They are bound here and not by Spring Boot, so that an invalid value or a
 * misspelt name is a configuration error with its exit code, as everywhere in Schema Guard.
 *
 * @param application the settings of the application
 * @param guards the settings of every guard by name; a single guard has the empty name
 */
record BoundSettings(SchemaGuardProperties application, Map<String, GuardProperties> guards) {

  static final String PREFIX = "schema-guard";

  private static final ConfigurationPropertyName GUARDS =
      ConfigurationPropertyName.of(PREFIX + ".guards");

  /** The number of elements in the prefix of a named guard: {@code schema-guard.guards.orders}. */
  private static final int OF_GUARD = 3;

  private static final Map<Class<?>, String> FORMS =
      Map.of(Duration.class, DurationParser.REMEDY, boolean.class, "Write true or false.");

  /**
   * Binds the settings in {@code environment}.
   *
   * @throws ConfigurationException if a setting is invalid or unknown
   */
  static BoundSettings bind(Environment environment) {
    SchemaGuardProperties application = new SchemaGuardProperties();
    bind(application, environment);
    readAccepted(application, "", environment);
    Map<String, GuardProperties> guards = application.getGuards();
    guards.forEach((name, guard) -> readAccepted(guard, name, environment));
    guards.values().forEach(guard -> inherit(guard, application));
    return new BoundSettings(application, guards.isEmpty() ? Map.of("", application) : guards);
  }

  /**
   * Reads a list from one text in the same way as the guard does. Spring Boot would split a name
   * that contains a comma.
   */
  private static void readAccepted(GuardProperties guard, String name, Environment environment) {
    Binder.get(environment)
        .bind(propertyOf(name).append("accept"), Bindable.of(String.class))
        .ifBound(list -> guard.setAccept(PolicySettings.acceptedNames(list)));
  }

  /**
   * A guard may have any name; a name that is not a valid property name element is put in brackets.
   */
  private static ConfigurationPropertyName propertyOf(String guard) {
    if (guard.isEmpty()) {
      return ConfigurationPropertyName.of(PREFIX);
    }
    return guard.matches("[A-Za-z0-9_-]+")
        ? ConfigurationPropertyName.adapt(prefix(guard), '.')
        : ConfigurationPropertyName.of(PREFIX + ".guards").append("[" + guard + "]");
  }

  /**
   * Copies the policy of the application to a named guard, as far as the guard does not set it.
   * Settings that locate its database, matrix and history are not inherited.
   */
  private static void inherit(GuardProperties guard, GuardProperties application) {
    guard.setMode(either(guard.getMode(), application.getMode()));
    guard.setOnUnreachable(either(guard.getOnUnreachable(), application.getOnUnreachable()));
    guard.setStructure(either(guard.getStructure(), application.getStructure()));
    guard.setAccept(either(guard.getAccept(), application.getAccept()));
    guard.setTimeout(either(guard.getTimeout(), application.getTimeout()));
    guard.setWaitTimeout(either(guard.getWaitTimeout(), application.getWaitTimeout()));
    guard.setRefreshInterval(either(guard.getRefreshInterval(), application.getRefreshInterval()));
  }

  private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
    return first != null ? first : second;
  }

  /** Returns the prefix of the settings of a guard. */
  static String prefix(String guard) {
    return guard.isEmpty() ? PREFIX : PREFIX + ".guards." + guard;
  }

  /**
   * Returns the guards whose settings match {@code role}, in their order. A guard without settings
   * is included.
   */
  Map<String, SchemaGuard> select(SchemaGuards all, Predicate<GuardProperties> role) {
    Map<String, SchemaGuard> selected = new LinkedHashMap<>(all.byName());
    selected.keySet().removeIf(name -> guards.containsKey(name) && !role.test(guards.get(name)));
    return selected;
  }

  private static void bind(SchemaGuardProperties application, Environment environment) {
    BindHandler allKnown =
        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
    try {
      Binder.get(environment).bind(PREFIX, Bindable.ofInstance(application), allKnown);
    } catch (BindException e) {
      if (!(e.getCause() instanceof UnboundConfigurationPropertiesException unbound)) {
        throw unusable(e);
      }
      List<ConfigurationProperty> unknown =
          unbound.getUnboundProperties().stream()
              .filter(property -> !isEmpty(property, environment))
              .toList();
      if (!unknown.isEmpty()) {
        throw unknown(unknown);
      }
    } catch (InvalidConfigurationPropertyNameException e) {
      throw new ConfigurationException(
          e.getName().toString(),
          "this is not a name of a setting",
          "Use letters, digits and -.",
          e);
    }
  }

  /** An empty value means that nothing is set; it cannot be bound to an enum or a duration. */
  private static boolean isEmpty(ConfigurationProperty property, Environment environment) {
    String value = String.valueOf(property.getValue());
    return !StringUtils.hasText(environment.resolvePlaceholders(value));
  }

  private static ConfigurationException unknown(List<ConfigurationProperty> properties) {
    return UnknownSetting.error(properties.stream().map(BoundSettings::unknown).toList());
  }

  private static UnknownSetting unknown(ConfigurationProperty property) {
    ConfigurationPropertyName name = property.getName();
    boolean ofGuard = GUARDS.isAncestorOf(name) && name.getNumberOfElements() > OF_GUARD;
    List<String> known =
        ofGuard
            ? names(GuardProperties.class, name.chop(OF_GUARD) + ".")
            : names(SchemaGuardProperties.class, PREFIX + ".");
    return UnknownSetting.of(place(property), name.toString(), known);
  }

  private static ConfigurationException unusable(BindException failure) {
    ConfigurationProperty property = failure.getProperty();
    Class<?> type = failure.getTarget().getType().resolve(Object.class);
    return new ConfigurationException(
        property == null ? failure.getName().toString() : place(property),
        "'" + (property == null ? "" : property.getValue()) + "' cannot be used here",
        type.isEnum()
            ? oneOf(type)
            : FORMS.getOrDefault(type, "See the documentation for its values."),
        failure);
  }

  private static String oneOf(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(value -> value.toString().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", ", "Write one of ", "."));
  }

  /** Returns the name of a setting, with the file and line in which it was found. */
  private static String place(ConfigurationProperty property) {
    return property.getName()
        + (property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")");
  }

  /** Returns the full names of the settings in a class of properties. */
  private static List<String> names(Class<?> properties, String prefix) {
    return Arrays.stream(BeanUtils.getPropertyDescriptors(properties))
        .filter(property -> property.getWriteMethod() != null)
        .map(property -> property.getName().replaceAll("([A-Z])", "-$1"))
        .map(name -> prefix + name.toLowerCase(Locale.ROOT))
        .toList();
  }
}
