// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RequiresAppMarker;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.VersionPattern;
import java.util.Optional;

/** A revision of the sources whose comment holds a floor marker. */
record RevisionWithMarker(SourceRevision source, RequiresAppMarker marker) {

  static Optional<RevisionWithMarker> of(SourceRevision source) {
    return RequiresAppMarker.parse(source.comment())
        .map(marker -> new RevisionWithMarker(source, marker));
  }

  /** The error of a marker that no version can be read from. */
  Optional<ConfigurationException> malformed() {
    return marker instanceof RequiresAppMarker.Malformed malformed
        ? Optional.of(
            new ConfigurationException(
                source.name(),
                "the comment '" + malformed.text() + "' holds a floor marker that cannot be read",
                "Begin the comment with the marker, and end the marker with the version:"
                    + " requires-app 1.5.0, then a blank or nothing."))
        : Optional.empty();
  }

  /** The error of a row that says of older versions that they run on this revision. */
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

  /** Never so of {@code current}, whose version the document does not know. */
  private static boolean admitsBelow(VersionPattern pattern, AppVersion floor) {
    return pattern
        .oldest()
        .map(oldest -> oldest.compareTo(floor) < 0)
        .orElse(pattern instanceof VersionPattern.Every);
  }

  /** A line without {@code ::} is the id alone. */
  private int position(ResolvedRow row) {
    int whole = row.chain().indexOfName(source.name());
    return whole >= 0 ? whole : row.chain().indexOfName(source.revision().shortName());
  }
}
