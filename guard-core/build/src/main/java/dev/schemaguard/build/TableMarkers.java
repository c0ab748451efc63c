// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.matrix.RequiresAppMarker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Verifies the markers that migrations write into the comment of the history table, for tools that
 * record no comments. Such a marker counts only while the database is at the revision that it
 * names.
 */
final class TableMarkers {

  private TableMarkers() {}

  /**
   * Returns the errors: a marker that does not name the revision that writes it, and revisions
   * without a marker after the first that has one.
   *
   * @param sources the revisions in their order
   */
  static List<ConfigurationException> errors(Collection<SourceRevision> sources) {
    List<ConfigurationException> errors = new ArrayList<>();
    SourceRevision first = null;
    List<String> missing = new ArrayList<>();
    for (SourceRevision source : sources) {
      if (source.markable()) {
        continue;
      }
      if (source.comment() != null) {
        first = first == null ? source : first;
        misnamed(source).ifPresent(errors::add);
      } else if (first != null) {
        missing.add(source.name());
      }
    }
    if (first != null && !missing.isEmpty()) {
      errors.add(
          new ConfigurationException(
              missing.get(0),
              "no requires-app marker on "
                  + Names.some(missing)
                  + ", after "
                  + first.name()
                  + " has written one to the comment of the history table, so strict instances of"
                  + " older versions cannot restart at it",
              "Let each migration set that comment to: requires-app 1.5.0 "
                  + missing.get(0)
                  + ", with the oldest version that keeps working and its own revision."));
    }
    return errors;
  }

  private static Optional<ConfigurationException> misnamed(SourceRevision source) {
    String comment = String.valueOf(source.comment());
    Optional<RequiresAppMarker> marker = RequiresAppMarker.parse(comment);
    if (!(marker.orElse(null) instanceof RequiresAppMarker.Requires)) {
      return Optional.empty();
    }
    Optional<String> named = RequiresAppMarker.wordAfterVersion(comment);
    if (named.isPresent() && isSame(named.get(), source.name())) {
      return Optional.empty();
    }
    return Optional.of(
        new ConfigurationException(
            source.name(),
            "the comment '"
                + comment
                + "' that it writes on the history table names "
                + named.map(name -> "the revision '" + name + "'").orElse("no revision"),
            "End the marker with the revision of this migration: requires-app 1.5.0 "
                + source.name()
                + "."));
  }

  /** Numbers are equal as golang-migrate reads them, so that 40 is 000040. */
  private static boolean isSame(String named, String revision) {
    Optional<MigrationVersion> number = MigrationVersion.parse(named);
    return named.equals(revision)
        || (number.isPresent() && number.equals(MigrationVersion.parse(revision)));
  }
}
