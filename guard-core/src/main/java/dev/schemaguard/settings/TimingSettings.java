// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import dev.schemaguard.matrix.ConfigurationException;
import java.time.Duration;

/**
 * How long checks may take, and how often they are made. Immutable.
 *
 * @param timeout the time within which every check ends
 * @param waitTimeout how long a start waits for a compatible schema; zero if it does not wait
 * @param refreshInterval the time between the end of one check of the live status and the next
 */
public record TimingSettings(Duration timeout, Duration waitTimeout, Duration refreshInterval) {

  /** The defaults: a timeout of 10 seconds, no wait, and a check every 30 seconds. */
  public static final TimingSettings DEFAULT =
      new TimingSettings(Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(30));

  /**
   * Checks the durations.
   *
   * @throws ConfigurationException with the name of the setting, if one is not above zero; the wait
   *     may be zero
   */
  public TimingSettings {
    requirePositive("timeout", timeout);
    requirePositive("refresh-interval", refreshInterval);
    if (!waitTimeout.isZero()) {
      requirePositive("wait-timeout", waitTimeout);
    }
  }

  /** Returns the same settings with another timeout. */
  public TimingSettings withTimeout(Duration other) {
    return new TimingSettings(other, waitTimeout, refreshInterval);
  }

  /** Returns the same settings with another time to wait; zero to not wait. */
  public TimingSettings withWaitTimeout(Duration other) {
    return new TimingSettings(timeout, other, refreshInterval);
  }

  /** Returns the same settings with another refresh interval. */
  public TimingSettings withRefreshInterval(Duration other) {
    return new TimingSettings(timeout, waitTimeout, other);
  }

  private static void requirePositive(String setting, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new ConfigurationException(
          setting, "'" + value + "' is not a duration above zero", "Write one such as PT10S.");
    }
  }
}
