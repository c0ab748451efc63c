// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import dev.schemaguard.matrix.CompatibilityMatrix;
import org.jspecify.annotations.Nullable;

/**
 * The application whose schema is checked. Immutable.
 *
 * @param matrix what the schema is compared with; null means the bundled one
 * @param classLoader finds the bundled files; null means the context class loader, then that of the
 *     class that builds the guard
 * @param name the application's name; null means the one in the matrix, if there is one
 * @param version the application's version; null if there is none
 * @param environmentName a label such as {@code staging}; null means the one in the variable {@code
 *     SCHEMA_GUARD_ENVIRONMENT}, if it is set
 */
public record ApplicationSettings(
    @Nullable CompatibilityMatrix matrix,
    @Nullable ClassLoader classLoader,
    @Nullable String name,
    @Nullable String version,
    @Nullable String environmentName) {

  /** The defaults: the bundled matrix, without a version. */
  public static final ApplicationSettings DEFAULT =
      new ApplicationSettings(null, null, null, null, null);

  private static final String ENVIRONMENT_VARIABLE = "SCHEMA_GUARD_ENVIRONMENT";

  /** Treats a blank version as none. */
  public ApplicationSettings {
    version = version == null || version.isBlank() ? null : version;
  }

  /** Returns the same settings with another matrix. */
  public ApplicationSettings withMatrix(CompatibilityMatrix other) {
    return new ApplicationSettings(other, classLoader, name, version, environmentName);
  }

  /** Returns the same settings with another class loader. */
  public ApplicationSettings withClassLoader(ClassLoader other) {
    return new ApplicationSettings(matrix, other, name, version, environmentName);
  }

  /** Returns the same settings with another name of the application. */
  public ApplicationSettings withName(String other) {
    return new ApplicationSettings(matrix, classLoader, other, version, environmentName);
  }

  /** Returns the same settings with another version; null or blank if there is none. */
  public ApplicationSettings withVersion(@Nullable String other) {
    return new ApplicationSettings(matrix, classLoader, name, other, environmentName);
  }

  /** Returns the same settings with another name of the environment. */
  public ApplicationSettings withEnvironmentName(String other) {
    return new ApplicationSettings(matrix, classLoader, name, version, other);
  }

  /** Returns these settings with the names that the matrix and the variable provide. */
  ApplicationSettings inForce(CompatibilityMatrix found, EnvironmentVariables variables) {
    String label =
        environmentName != null ? environmentName : variables.value(ENVIRONMENT_VARIABLE);
    return new ApplicationSettings(
        found,
        classLoader,
        name != null ? name : found.application().orElse(null),
        version,
        label == null || label.isBlank() ? null : label.strip());
  }

  /** Returns the name for people: {@code orders 1.4.2 (staging)}. */
  String fullName() {
    return (name == null ? "the application" : name)
        + (version == null ? "" : " " + version)
        + (environmentName == null ? "" : " (" + environmentName + ")");
  }
}
