// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.Mode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The mode in force: the application's own environment variable overrides the general one, and
 * either overrides the configured mode.
 *
 * @param mode the mode in force
 * @param source the variable that set it, with its value; null if the configured mode is in force
 * @param variable the variable with which an operator overrides it
 */
public record EffectiveMode(Mode mode, @Nullable String source, String variable) {

  private static final String GENERAL = "SCHEMA_GUARD_STRICT";
  private static final String SUFFIX = "_STRICT_SCHEMA";

  /**
   * Returns the mode that applies: the one of a strict variable if there is one, else {@code
   * configured}. The variable with the application's name overrides the general one.
   *
   * @param application the application's name; null if it has none
   * @throws ConfigurationException if a variable is neither on nor off
   */
  public static EffectiveMode of(
      Mode configured, @Nullable String application, EnvironmentVariables environment) {
    List<String> variables =
        application == null ? List.of(GENERAL) : List.of(variableOf(application), GENERAL);
    for (String variable : variables) {
      String value = environment.value(variable);
      if (value != null && !value.isBlank()) {
        return new EffectiveMode(mode(variable, value), variable + "=" + value, variable);
      }
    }
    return new EffectiveMode(configured, null, variables.get(0));
  }

  /**
   * Returns why a variable that looks like an application's own has no effect: it belongs to
   * another application, or this application has another name or none. Null if there is no such
   * variable, or if this application's own variable is set.
   *
   * @param application the application's name; null if it has none
   */
  public static @Nullable String strayVariable(
      @Nullable String application, EnvironmentVariables environment) {
    String own = application == null ? null : variableOf(application);
    if (own != null && environment.isSet(own)) {
      return null;
    }
    for (String name : environment.names()) {
      if (name.endsWith(SUFFIX) && !name.equals(own) && environment.isSet(name)) {
        return name
            + " has no effect: "
            + (own == null
                ? "this application has no name, so only " + GENERAL + " sets its mode"
                : "this application is named " + application + ", so its variable is " + own);
      }
    }
    return null;
  }

  /**
   * Returns the variable of an application: {@code MY_ORDERS_STRICT_SCHEMA} for {@code my-orders}.
   */
  private static String variableOf(String application) {
    return application.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + SUFFIX;
  }

  private static Mode mode(String variable, String value) {
    String choice = "strict; to 0, false, f, no, n or off for warn";
    return Flag.isOn(variable, value, choice) ? Mode.STRICT : Mode.WARN;
  }
}
