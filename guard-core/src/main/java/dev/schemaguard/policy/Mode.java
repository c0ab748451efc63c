// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is done about a schema that the application cannot live with. */
public enum Mode {
  /** One warning is logged and the application starts. The default. */
  WARN,
  /** The application does not start. */
  STRICT;

  /**
   * The mode after the environment was asked: the variable of the application beats {@code
   * SCHEMA_GUARD_STRICT}, and either beats what is configured.
   *
   * @param application the application's name; null if it has none
   * @param environment gives the value of a variable, or null
   * @throws ConfigurationException if a variable says neither yes nor no
   */
  public static Mode inForce(
      Mode configured,
      @Nullable String application,
      Function<String, @Nullable String> environment) {
    return EffectiveMode.of(configured, application, environment).mode();
  }
}
