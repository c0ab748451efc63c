// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A class that is a migration of Flyway's: a {@code JavaMigration} that it makes an object of, or
 * that Spring hands to it.
 *
 * @param className its name with its package
 * @param name what Flyway takes for its version and description
 * @param file where it is
 */
record FlywayClass(String className, FlywayName name, MigrationFile file) {

  private static final String BASE = "BaseJavaMigration";
  private static final String BASELINE = "BaselineJavaMigration";

  /**
   * The migration in a class of this name, as {@code BaseJavaMigration} reads the name; empty if
   * that finds no version in it: Flyway passes over such a class, or runs it repeatedly.
   *
   * @param simpleName the name without package and enclosing classes
   * @param base the class of Flyway's that it extends
   */
  static Optional<FlywayName> named(String simpleName, String base) {
    return switch (base) {
      case BASE -> FlywayNaming.ofClass(simpleName, "V", false);
      case BASELINE -> FlywayNaming.ofClass(simpleName, "B", true);
      default -> Optional.empty();
    };
  }

  /**
   * The migration whose class says its version itself.
   *
   * @param version what {@code getVersion()} returns; null: it is repeatable
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

  /** The class with the file that holds its migration. */
  static FlywayClass of(String className, FlywayName name, String ending, String where) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    return new FlywayClass(
        className, name, new MigrationFile("class " + className, simple + "." + ending, where));
  }
}
