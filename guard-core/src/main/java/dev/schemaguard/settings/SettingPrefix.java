// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.function.Supplier;

/**
 * What an adapter's users write before the name of a setting, so that an error names the setting as
 * they know it. Immutable.
 *
 * @param text the prefix with its separator: {@code schema-guard.} or {@code --}
 */
public record SettingPrefix(String text) {

  /** Returns the full name of a setting: {@code schema-guard.wait-timeout}. */
  public String of(String setting) {
    return text + setting;
  }

  /**
   * Returns what {@code step} returns. The step uses settings whose errors have the location {@code
   * wait-timeout}, without the prefix.
   *
   * @throws ConfigurationException with the full name of the setting, if the step throws one
   */
  public <T> T naming(Supplier<T> step) {
    try {
      return step.get();
    } catch (ConfigurationException e) {
      throw new ConfigurationException(text + e.location(), e.reason(), e.remedy(), e);
    }
  }
}
