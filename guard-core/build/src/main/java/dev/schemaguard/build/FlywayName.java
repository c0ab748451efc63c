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
 * What the name of a Flyway migration says.
 *
 * @param version its version as a number
 * @param written its version as the name spells it, with dots
 * @param description what follows the separator; empty where nothing does
 * @param baseline whether it stands for everything up to its version
 */
record FlywayName(MigrationVersion version, String written, String description, boolean baseline) {

  /** What Flyway takes for a version ({@code MigrationVersion.fromVersion}). */
  private static final Pattern VERSION =
      Pattern.compile(
          "[+-]?\\d+(?:[._]\\d+)*+|current|next|latest",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

  /** A version in a floor marker that is written with underscores. */
  private static final Pattern SPLIT_VERSION =
      Pattern.compile("\\s*requires-app[\\s>=]+\\d+(?= \\d)", Pattern.CASE_INSENSITIVE);

  /**
   * The name of these parts, or empty where Flyway would take no version out of it.
   *
   * @throws ConfigurationException if Flyway would, but not one that a chain can hold
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
                        "Flyway accepts it, but what it is equal to cannot be told. Name the"
                            + " migration by numbers: V1_2__add_x.sql."));
    return Optional.of(new FlywayName(number, version.replace('_', '.'), description, baseline));
  }

  /**
   * The revision that it is, by its version; its alias is the version and the description, {@code
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
   * The description as Flyway records it, with blanks; but a marker's version that these would cut
   * keeps an underscore, as it does when the history is read.
   */
  private String comment() {
    String recorded = description.replace('_', ' ');
    Matcher split = SPLIT_VERSION.matcher(recorded);
    return split.lookingAt() ? split.group() + "_" + recorded.substring(split.end() + 1) : recorded;
  }
}
