// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RequiresAppMarker;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.VersionPattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A revision of the sources whose comment contains a requires-app marker. */
record RevisionWithMarker(SourceRevision source, RequiresAppMarker marker) {

  /**
   * Returns the revision if its comment contains a marker that is about an application.
   *
   * @param application the application's name; null if it has none
   */
  static Optional<RevisionWithMarker> of(SourceRevision source, @Nullable String application) {
    return RequiresAppMarker.parse(source.comment(), application)
        .map(marker -> new RevisionWithMarker(source, marker));
  }

  /** Returns the error for a marker that contains no valid version. */
  Optional<ConfigurationException> malformed() {
    return marker instanceof RequiresAppMarker.Malformed malformed
        ? Optional.of(
            new ConfigurationException(
                source.name(),
                "the comment '"
                    + malformed.text()
                    + "' holds a requires-app marker that cannot be read",
                "Begin the comment with the marker, and end the marker with the version:"
                    + " requires-app 1.5.0, then a blank or nothing."))
        : Optional.empty();
  }

  /** Returns the error for a row that declares that older versions can run on this revision. */
  Optional<ConfigurationException> contradictedBy(ResolvedRow row) {
    return marker instanceof RequiresAppMarker.Requires floor && contradicts(row, floor.version())
        ? Optional.of(
            new ConfigurationException(
                row.row().where(),
                "'"
                    + row.row().label()
                    + "' admits a version below "
                    + floor.version()
                    + " and reaches up to "
                    + source.name()
                    + ", whose comment says requires-app "
                    + floor.version(),
                "Correct the marker, the row's expected or maximum revision, or give the versions"
                    + " from "
                    + floor.version()
                    + " on a row of their own."))
        : Optional.empty();
  }

  private boolean contradicts(ResolvedRow row, AppVersion floor) {
    int position = position(row);
    return position >= 0
        && admitsBelow(row.row().pattern(), floor)
        && (row.upToExpected().get(position) || row.isWithinMax(position));
  }

  /** Never true for {@code current}, because the document does not contain its version. */
  private static boolean admitsBelow(VersionPattern pattern, AppVersion floor) {
    return pattern
        .oldest()
        .map(oldest -> oldest.compareTo(floor) < 0)
        .orElse(pattern instanceof VersionPattern.Every);
  }

  /** A line without {@code ::} contains only the id. */
  private int position(ResolvedRow row) {
    int whole = row.chain().indexOfName(source.name());
    return whole >= 0 ? whole : row.chain().indexOfName(source.revision().shortName());
  }
}
