// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.assessment.AcceptedNames;
import dev.schemaguard.policy.Mode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How an incompatible schema is handled. Immutable.
 *
 * @param mode the configured mode, which environment variables may override
 * @param onUnreachable {@link Mode#WARN} if an unreachable database is not a reason to refuse
 * @param accepted exact names of ahead revisions that an operator explicitly accepts
 */
public record PolicySettings(Mode mode, Mode onUnreachable, Set<String> accepted) {

  /** The defaults: warn, and in strict mode refuse an unreachable database too. */
  public static final PolicySettings DEFAULT = new PolicySettings(Mode.WARN, Mode.STRICT, Set.of());

  private static final String ACCEPT_VARIABLE = "SCHEMA_GUARD_ACCEPT";

  /** Copies the names and keeps their order. */
  public PolicySettings {
    accepted =
        accepted.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(accepted));
  }

  /** Returns the same settings with another mode. */
  public PolicySettings withMode(Mode other) {
    return new PolicySettings(other, onUnreachable, accepted);
  }

  /** Returns the same settings with another mode for an unreachable database. */
  public PolicySettings withOnUnreachable(Mode other) {
    return new PolicySettings(mode, other, accepted);
  }

  /** Returns the same settings, in which these revisions are accepted as well. */
  public PolicySettings accepting(Collection<String> revisions) {
    Set<String> all = new LinkedHashSet<>(accepted);
    for (String revision : revisions) {
      all.add(requireNonNull(revision, "revisions"));
    }
    return new PolicySettings(mode, onUnreachable, all);
  }

  /**
   * Returns the names in a list of accepted revisions, separated by commas. In a name, {@code \,}
   * is a comma, {@code \\} a backslash, and <code>&#92;u0009</code> the character with that code.
   */
  public static List<String> acceptedNames(String list) {
    return AcceptedNames.parse(list);
  }

  /** Returns these settings with the revisions in the variable {@code SCHEMA_GUARD_ACCEPT}. */
  PolicySettings inForce(EnvironmentVariables variables) {
    String value = variables.value(ACCEPT_VARIABLE);
    return value == null ? this : accepting(acceptedNames(value));
  }
}
