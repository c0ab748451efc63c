// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables in which an operator may set something. Immutable.
 *
 * @param lookup returns the value of a variable, or null; null means that of the process
 * @param known the names of all variables; null means those of the process, or none if {@code
 *     lookup} is set
 */
public record EnvironmentVariables(
    @Nullable Function<String, @Nullable String> lookup, @Nullable Set<String> known) {

  /** The variables of the process. */
  public static final EnvironmentVariables OF_PROCESS = new EnvironmentVariables(null, null);

  /** Copies the names. */
  public EnvironmentVariables {
    known = known == null ? null : Set.copyOf(known);
  }

  /** Returns variables that are looked up elsewhere, and whose names are not known. */
  public static EnvironmentVariables of(Function<String, @Nullable String> lookup) {
    return new EnvironmentVariables(lookup, null);
  }

  /** Returns the same names, with their values looked up elsewhere. */
  public EnvironmentVariables withLookup(Function<String, @Nullable String> other) {
    return new EnvironmentVariables(other, known);
  }

  /** Returns the same variables with these names. */
  public EnvironmentVariables withNames(Collection<String> names) {
    return new EnvironmentVariables(lookup, Set.copyOf(names));
  }

  /** Returns the value of a variable; null if it is not set. */
  public @Nullable String value(String variable) {
    return lookup == null ? System.getenv(variable) : lookup.apply(variable);
  }

  /** Returns the names of all variables, as far as they are known. */
  Set<String> names() {
    if (known != null) {
      return known;
    }
    return lookup == null ? System.getenv().keySet() : Set.of();
  }

  /** Returns whether a variable has a value that is not blank. */
  boolean isSet(String variable) {
    String value = value(variable);
    return value != null && !value.isBlank();
  }
}
