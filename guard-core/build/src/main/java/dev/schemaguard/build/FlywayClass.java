// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A class that is a Flyway migration: a {@code JavaMigration} that is instantiated by Flyway or
 * provided by Spring.
 *
 * @param className its name with its package
 * @param name its version and description as determined by Flyway
 * @param file its location
 */
record FlywayClass(String className, FlywayName name, MigrationFile file) {

  private static final String BASE = "BaseJavaMigration";
  private static final String BASELINE = "BaselineJavaMigration";

  /**
   * Returns the migration in a class with this name, as {@code BaseJavaMigration} reads the name.
   * Empty if the name contains no version: Flyway ignores such a class, or runs it repeatedly.
   *
   * @param simpleName the name without package and enclosing classes
   * @param base the Flyway class that it extends
   */
  static Optional<FlywayName> named(String simpleName, String base) {
    return switch (base) {
      case BASE -> FlywayNaming.ofClass(simpleName, "V", false);
      case BASELINE -> FlywayNaming.ofClass(simpleName, "B", true);
      default -> Optional.empty();
    };
  }

  /**
   * Returns the migration of a class that defines its version itself.
   *
   * @param version what {@code getVersion()} returns; null if it is repeatable
   * @param description what {@code getDescription()} returns
   */
  static Optional<FlywayName> saying(
      @Nullable String version, @Nullable String description, boolean baseline, String where) {
    if (version == null) {
      return Optional.empty();
    }
    String text = description == null ? "" : description.replace(' ', '_');
    Optional<FlywayName> name = FlywayName.of(version, text, baseline);
    if (name.isEmpty()) {
      throw new ConfigurationException(
          where,
          "getVersion() returns '" + version + "', which is not a version of Flyway's",
          "Return a version of plain numbers: MigrationVersion.fromVersion(\"1.2\").");
    }
    return name;
  }

  /** Returns the class with the file that contains its migration. */
  static FlywayClass of(String className, FlywayName name, String ending, String where) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    return new FlywayClass(
        className, name, new MigrationFile("class " + className, simple + "." + ending, where));
  }
}
