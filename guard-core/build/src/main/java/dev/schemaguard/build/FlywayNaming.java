// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.MigrationVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules by which Flyway determines the version from the name of a file or class ({@code
 * org.flywaydb.core.internal.resource.ResourceNameParser} and {@code
 * org.flywaydb.core.api.migration.BaseJavaMigration} in flyway-core 11). Files that Flyway ignores,
 * such as {@code Vendors.sql}, are ignored here too. Undo and repeatable migrations have their own
 * prefixes and are not revisions.
 *
 * @param prefix {@code sqlMigrationPrefix}
 * @param separator {@code sqlMigrationSeparator}
 * @param suffixes {@code sqlMigrationSuffixes}; the first that matches is used, in any letter case
 * @param baselinePrefix {@code baselineMigrationPrefix}
 */
record FlywayNaming(String prefix, String separator, List<String> suffixes, String baselinePrefix) {

  static final FlywayNaming DEFAULT = new FlywayNaming("V", "__", List.of(".sql"), "B");

  /**
   * The default of {@code undoSqlMigrationPrefix}, and the prefix of a Java-based undo migration.
   */
  private static final String UNDO_PREFIX = "U";

  /**
   * The extensions of scripts that Flyway runs as programs, independent of the suffixes of SQL
   * ({@code ScriptMigrationResolver} in flyway-core 11 to 13).
   */
  private static final List<String> PROGRAM_SUFFIXES =
      List.of(".cmd", ".bat", ".ps1", ".py", ".sh", ".bash");

  private static final List<String> CLASS_SUFFIXES =
      List.of(".java", ".kt", ".groovy", ".scala", ".class");

  FlywayNaming {
    suffixes = List.copyOf(suffixes);
  }

  /** Returns the migration in a script with this name; empty if Flyway finds none. */
  Optional<FlywayName> ofScript(String fileName) {
    return withoutSuffix(fileName, suffixes)
        .or(() -> withoutSuffix(fileName, PROGRAM_SUFFIXES))
        .flatMap(
            name ->
                Stream.of(prefix, baselinePrefix)
                    .filter(name::startsWith)
                    .max(Comparator.comparingInt(String::length))
                    .flatMap(start -> parsed(name, start, separator, !start.equals(prefix))));
  }

  /**
   * Returns the migration in a class with this simple name; empty if Flyway finds no version in it.
   * The naming of classes is not configurable.
   */
  static Optional<FlywayName> ofClass(String simpleName, String prefix, boolean baseline) {
    return simpleName.startsWith(prefix)
        ? parsed(simpleName, prefix, DEFAULT.separator, baseline)
        : Optional.empty();
  }

  /**
   * Returns the version that a file with this name undoes; empty if it is not an undo migration.
   */
  Optional<MigrationVersion> ofUndo(String fileName) {
    return withoutSuffix(fileName, suffixes)
        .or(() -> withoutSuffix(fileName, PROGRAM_SUFFIXES))
        .filter(name -> !prefix.equals(UNDO_PREFIX))
        .flatMap(name -> undone(name, separator))
        .or(
            () ->
                withoutSuffix(fileName, CLASS_SUFFIXES)
                    .filter(name -> name.indexOf('$') < 0)
                    .flatMap(name -> undone(name, DEFAULT.separator)));
  }

  /** Returns an example of script names: {@code V1__name.sql}. */
  String pattern() {
    return String.join(
        " or ",
        suffixes.stream().map(suffix -> prefix + "1" + separator + "name" + suffix).toList());
  }

  /** Returns whether Flyway runs a file with this name as a program. */
  static boolean isProgram(String fileName) {
    return withoutSuffix(fileName, PROGRAM_SUFFIXES).isPresent();
  }

  private static Optional<MigrationVersion> undone(String name, String separator) {
    int end = name.indexOf(separator);
    return name.startsWith(UNDO_PREFIX)
        ? MigrationVersion.parse(name.substring(1, end < 0 ? name.length() : end))
        : Optional.empty();
  }

  private static Optional<FlywayName> parsed(
      String name, String start, String separator, boolean baseline) {
    String rest = name.substring(start.length());
    int end = rest.indexOf(separator);
    return FlywayName.of(
        end < 0 ? rest : rest.substring(0, end),
        end < 0 ? "" : rest.substring(end + separator.length()),
        baseline);
  }

  private static Optional<String> withoutSuffix(String fileName, List<String> suffixes) {
    return suffixes.stream()
        .filter(suffix -> endsWith(fileName, suffix))
        .map(suffix -> fileName.substring(0, fileName.length() - suffix.length()))
        .findFirst();
  }

  private static boolean endsWith(String name, String suffix) {
    int start = name.length() - suffix.length();
    return name.regionMatches(true, start, suffix, 0, suffix.length());
  }
}
