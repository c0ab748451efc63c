// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How an incompatible schema is handled. */
public enum Mode {
  /** One warning is logged and the application starts. The default. */
  WARN,
  /** The application does not start. */
  STRICT;

  /**
   * Returns the mode in force: the application's own environment variable overrides {@code
   * SCHEMA_GUARD_STRICT}, and either overrides the configured mode.
   *
   * @param application the application's name; null if it has none
   * @param environment returns the value of a variable, or null
   * @throws ConfigurationException if a variable is neither on nor off
   */
  public static Mode inForce(
      Mode configured,
      @Nullable String application,
      Function<String, @Nullable String> environment) {
    return EffectiveMode.of(configured, application, environment).mode();
  }
}
