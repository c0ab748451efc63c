// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.assessment.AcceptedNames;
import dev.schemaguard.matrix.ConfigurationException;
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
 * @param structure how a difference between schema and schema file is handled
 */
public record PolicySettings(
    Mode mode, Mode onUnreachable, Set<String> accepted, Mode.Structure structure) {

  /** The defaults: warn, and in strict mode refuse an unreachable database too. */
  public static final PolicySettings DEFAULT =
      new PolicySettings(Mode.WARN, Mode.STRICT, Set.of(), Mode.Structure.ENFORCE);

  private static final String ACCEPT_VARIABLE = "SCHEMA_GUARD_ACCEPT";
  private static final String STRUCTURE_VARIABLE = "SCHEMA_GUARD_STRUCTURE";

  /** Copies the names and keeps their order. */
  public PolicySettings {
    accepted =
        accepted.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(accepted));
  }

  /** Returns the same settings with another mode. */
  public PolicySettings withMode(Mode other) {
    return new PolicySettings(other, onUnreachable, accepted, structure);
  }

  /** Returns the same settings with another mode for an unreachable database. */
  public PolicySettings withOnUnreachable(Mode other) {
    return new PolicySettings(mode, other, accepted, structure);
  }

  /** Returns the same settings with another handling of differences from the schema file. */
  public PolicySettings withStructure(Mode.Structure other) {
    return new PolicySettings(mode, onUnreachable, accepted, other);
  }

  /** Returns the same settings, in which these revisions are accepted as well. */
  public PolicySettings accepting(Collection<String> revisions) {
    Set<String> all = new LinkedHashSet<>(accepted);
    for (String revision : revisions) {
      all.add(requireNonNull(revision, "revisions"));
    }
    return new PolicySettings(mode, onUnreachable, all, structure);
  }

  /**
   * Returns the names in a list of accepted revisions, separated by commas. In a name, {@code \,}
   * is a comma, {@code \\} a backslash, and <code>&#92;u0009</code> the character with that code.
   */
  public static List<String> acceptedNames(String list) {
    return AcceptedNames.parse(list);
  }

  /**
   * Returns the handling of differences from the schema file that a setting names.
   *
   * @param place the setting, for the error
   * @param value {@code enforce}, {@code warn} or {@code off}, in any letter case
   * @throws ConfigurationException if it is none of them
   */
  public static Mode.Structure structure(String place, String value) {
    String named = value.strip();
    for (Mode.Structure each : Mode.Structure.values()) {
      if (each.name().equalsIgnoreCase(named)) {
        return each;
      }
    }
    throw new ConfigurationException(
        place, "'" + value + "' is not a valid value", "Write enforce, warn or off.");
  }

  /**
   * Returns these settings with the revisions in the variable {@code SCHEMA_GUARD_ACCEPT}, and with
   * {@code SCHEMA_GUARD_STRUCTURE} instead of the configured value.
   *
   * @throws ConfigurationException if the latter has no valid value
   */
  PolicySettings inForce(EnvironmentVariables variables) {
    String names = variables.value(ACCEPT_VARIABLE);
    PolicySettings accepting = names == null ? this : accepting(acceptedNames(names));
    String value = variables.value(STRUCTURE_VARIABLE);
    return value == null || value.isBlank()
        ? accepting
        : accepting.withStructure(structure(STRUCTURE_VARIABLE, value));
  }
}
