// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.matrix.Revision;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a Flyway migration's name.
 *
 * @param version its version as a number
 * @param written its version as in the name, with dots
 * @param description the part after the separator; empty if there is none
 * @param baseline whether it replaces all migrations up to its version
 */
record FlywayName(MigrationVersion version, String written, String description, boolean baseline) {

  /** The format of a version in Flyway ({@code MigrationVersion.fromVersion}). */
  private static final Pattern VERSION =
      Pattern.compile(
          "[+-]?\\d+(?:[._]\\d+)*+|current|next|latest",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

  /** A version in a requires-app marker that is written with underscores. */
  private static final Pattern SPLIT_VERSION =
      Pattern.compile(
          "\\s*requires-app(?:\\s+\\p{L}[\\p{L}\\p{N}.-]*+)?[\\s>=]+\\d+(?= \\d)",
          Pattern.CASE_INSENSITIVE);

  /**
   * Returns the name with these parts; empty if Flyway would not find a version in it.
   *
   * @throws ConfigurationException if Flyway finds a version that cannot be written in a revision
   *     chain
   */
  static Optional<FlywayName> of(String version, String description, boolean baseline) {
    if (!VERSION.matcher(version).matches()) {
      return Optional.empty();
    }
    MigrationVersion number =
        MigrationVersion.parse(version)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        version + "__" + description,
                        "the version '" + version + "' is not of plain numbers",
                        "Flyway accepts it, but it cannot be compared with others. Name the"
                            + " migration by numbers: V1_2__add_x.sql."));
    return Optional.of(new FlywayName(number, version.replace('_', '.'), description, baseline));
  }

  /**
   * Returns the revision with this version. Its alias is the version and the description, {@code
   * 1.2_add_x}.
   */
  SourceRevision revision(boolean optional) {
    List<String> aliases = description.isEmpty() ? List.of() : List.of(written + "_" + description);
    return new SourceRevision(
        new Revision(written, aliases, null, List.of(), optional, List.of(), null, false),
        comment(),
        false);
  }

  /**
   * Returns the description as Flyway records it, with spaces. Only the version in a marker keeps
   * its underscores, because spaces would split it; the history is read in the same way.
   */
  private String comment() {
    String recorded = description.replace('_', ' ');
    Matcher split = SPLIT_VERSION.matcher(recorded);
    return split.lookingAt() ? split.group() + "_" + recorded.substring(split.end() + 1) : recorded;
  }
}
