// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.MigrationVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How Flyway takes a version out of the name of a file or class ({@code
 * org.flywaydb.core.internal.resource.ResourceNameParser} and {@code
 * org.flywaydb.core.api.migration.BaseJavaMigration} in flyway-core 11). What Flyway passes over,
 * such as {@code Vendors.sql}, is no migration here either. Undo and repeatable migrations have
 * prefixes of their own and are no revisions.
 *
 * @param prefix {@code sqlMigrationPrefix}
 * @param separator {@code sqlMigrationSeparator}
 * @param suffixes {@code sqlMigrationSuffixes}; the first that fits is taken, in any letter case
 * @param baselinePrefix {@code baselineMigrationPrefix}
 */
record FlywayNaming(String prefix, String separator, List<String> suffixes, String baselinePrefix) {

  static final FlywayNaming DEFAULT = new FlywayNaming("V", "__", List.of(".sql"), "B");

  /** The default of {@code undoSqlMigrationPrefix}, and what a Java-based one begins with. */
  private static final String UNDO_PREFIX = "U";

  /**
   * The endings of scripts that Flyway runs as programs, whatever the suffixes of SQL ({@code
   * ScriptMigrationResolver} in flyway-core 11 to 13).
   */
  private static final List<String> PROGRAM_SUFFIXES =
      List.of(".cmd", ".bat", ".ps1", ".py", ".sh", ".bash");

  private static final List<String> CLASS_SUFFIXES =
      List.of(".java", ".kt", ".groovy", ".scala", ".class");

  FlywayNaming {
    suffixes = List.copyOf(suffixes);
  }

  /** The migration in a script of this name, or empty where Flyway finds none. */
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
   * The migration in a class of this simple name, or empty if Flyway finds no version in it. The
   * naming of classes cannot be changed.
   */
  static Optional<FlywayName> ofClass(String simpleName, String prefix, boolean baseline) {
    return simpleName.startsWith(prefix)
        ? parsed(simpleName, prefix, DEFAULT.separator, baseline)
        : Optional.empty();
  }

  /** The version that a file of this name undoes, or empty where it is no undo migration. */
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

  /** The names of scripts, as an example: {@code V1__name.sql}. */
  String pattern() {
    return String.join(
        " or ",
        suffixes.stream().map(suffix -> prefix + "1" + separator + "name" + suffix).toList());
  }

  /** Whether Flyway runs a file of this name as a program. */
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
