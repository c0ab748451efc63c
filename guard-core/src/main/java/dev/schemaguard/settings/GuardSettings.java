// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;

/**
 * All settings of one guard. Immutable.
 *
 * @param name distinguishes the guard from others of the same application; empty if it is the only
 *     one
 * @param application what is checked
 * @param history where the history is
 * @param policy how an incompatible schema is handled
 * @param timing how long checks may take, and how often they are made
 * @param reporting how problems are worded and logged
 * @param variables the environment variables, which take part in several of these
 */
public record GuardSettings(
    String name,
    ApplicationSettings application,
    HistorySettings history,
    PolicySettings policy,
    TimingSettings timing,
    ReportingSettings reporting,
    EnvironmentVariables variables) {

  /**
   * Returns the settings in force: what is not set comes from the matrix, and environment variables
   * are applied. They name the matrix.
   *
   * @throws ConfigurationException if settings contradict each other, or a variable has a
   *     meaningless value
   */
  public GuardSettings inForce(CompatibilityMatrix matrix) {
    return new GuardSettings(
        name,
        application.inForce(matrix, variables),
        history.inForce(variables),
        policy.inForce(variables),
        timing,
        reporting,
        variables);
  }

  /** Returns the full name for people: {@code orders 1.4.2 (staging), database reporting}. */
  public String fullName() {
    return application.fullName() + (name.isEmpty() ? "" : ", database " + name);
  }
}
