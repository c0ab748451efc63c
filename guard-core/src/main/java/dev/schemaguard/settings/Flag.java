// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.Locale;
import java.util.Set;

/** Parses an environment variable that is on or off. */
public final class Flag {

  private static final Set<String> ON = Set.of("1", "true", "t", "yes", "y", "on");
  private static final Set<String> OFF = Set.of("0", "false", "f", "no", "n", "off");

  private Flag() {}

  /**
   * Returns whether {@code value} is on.
   *
   * @param meaning the choices of the variable, for the error: {@code on; to 0 … for off}
   * @throws ConfigurationException if it is neither on nor off
   */
  public static boolean isOn(String variable, String value, String meaning) {
    String word = value.strip().toLowerCase(Locale.ROOT);
    if (!ON.contains(word) && !OFF.contains(word)) {
      throw new ConfigurationException(
          "environment variable " + variable,
          "'" + value + "' is neither yes nor no",
          "Set it to 1, true, t, yes, y or on for " + meaning + "; or unset it.");
    }
    return ON.contains(word);
  }
}
