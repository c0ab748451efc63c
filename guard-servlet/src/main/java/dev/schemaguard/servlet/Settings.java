// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.settings.DurationParser;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The context parameters {@code schema-guard.*} of a web application. An empty parameter counts as
 * unset. A misspelt or invalid one is a configuration error that names it.
 */
record Settings(Map<Setting, String> values) {

  /** Returns the settings of a context. */
  static Settings of(ServletContext context) {
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    for (String name : Collections.list(context.getInitParameterNames())) {
      if (name.startsWith(Setting.PREFIX + ".")) {
        Setting setting = Setting.of(name);
        String value = Objects.requireNonNullElse(context.getInitParameter(name), "").strip();
        if (!value.isEmpty()) {
          values.put(setting, value);
        }
      }
    }
    return new Settings(values);
  }

  Optional<String> text(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  /** Returns the values of a comma-separated list. */
  List<String> list(Setting setting) {
    return Arrays.stream(text(setting).orElse("").split(",", -1))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  boolean flag(Setting setting, boolean otherwise) {
    return text(setting).map(value -> flag(setting, value)).orElse(otherwise);
  }

  private static boolean flag(Setting setting, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw unusable(setting, value, "Write true or false.");
    };
  }

  Optional<Duration> duration(Setting setting) {
    return text(setting)
        .map(
            value ->
                DurationParser.parse(value)
                    .orElseThrow(() -> unusable(setting, value, DurationParser.REMEDY)));
  }

  <E extends Enum<E>> Optional<E> choice(Setting setting, Class<E> type) {
    return text(setting).map(value -> choice(setting, value, type));
  }

  private static <E extends Enum<E>> E choice(Setting setting, String value, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> Setting.word(constant).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                unusable(
                    setting,
                    value,
                    Arrays.stream(type.getEnumConstants())
                        .map(Setting::word)
                        .collect(Collectors.joining(", ", "Write one of ", "."))));
  }

  /** Returns whether anything is set except that the guard is enabled. */
  boolean sayAnything() {
    return values.keySet().stream().anyMatch(setting -> setting != Setting.ENABLED);
  }

  private static ConfigurationException unusable(Setting setting, String value, String action) {
    return new ConfigurationException(
        "context parameter " + setting.parameter(), "'" + value + "' cannot be used here", action);
  }
}
