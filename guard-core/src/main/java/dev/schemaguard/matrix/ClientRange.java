// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a client that fit, as one cell lists them. Immutable.
 *
 * @param text the cell; {@link #ANY} or {@link #NONE} for any spelling that means the same
 * @param parts the versions and spans that the cell lists
 */
record ClientRange(String text, List<VersionPattern> parts) {

  /** The forms that a cell may have, as error messages describe them. */
  static final String FORMS =
      "a version (1.0.3), a wildcard (1.0.x), a span (1.0.x - 1.1.x), several of these separated by"
          + " commas, any or none";

  /** Every version fits. */
  static final String ANY = "any";

  /** No version fits. */
  static final String NONE = "none";

  /**
   * Returns the range that {@code cell} spells, or empty if it does not spell one. A blank cell
   * does not.
   */
  static Optional<ClientRange> parse(String cell) {
    String word = word(cell);
    if (word != null) {
      return Optional.of(new ClientRange(word, List.of()));
    }
    List<VersionPattern> parts = new ArrayList<>();
    for (String part : cell.split(",", -1)) {
      VersionPattern pattern = VersionPattern.parse(part).orElse(null);
      if (pattern == null || pattern.oldest().isEmpty()) {
        return Optional.empty();
      }
      parts.add(pattern);
    }
    return Optional.of(new ClientRange(cell, List.copyOf(parts)));
  }

  private static @Nullable String word(String cell) {
    return switch (cell) {
      case "*", ANY -> ANY;
      case "-", "–", "—", NONE -> NONE;
      default -> null;
    };
  }

  /** Returns what this range says about a client with the version that the client reports. */
  ClientCompatibility.Outcome outcome(String clientVersion) {
    if (parts.isEmpty()) {
      return text.equals(ANY)
          ? ClientCompatibility.Outcome.FITS
          : ClientCompatibility.Outcome.NONE_FITS;
    }
    AppVersion version = AppVersion.parse(clientVersion).orElse(null);
    return version == null ? ClientCompatibility.Outcome.NOT_A_VERSION : outcome(version);
  }

  private ClientCompatibility.Outcome outcome(AppVersion version) {
    AppVersion release = version.release();
    boolean allNewer = true;
    boolean allOlder = true;
    for (VersionPattern part : parts) {
      boolean exact = part instanceof VersionPattern.Exact;
      if (part.holds(release) || (exact && part.holds(version))) {
        return ClientCompatibility.Outcome.FITS;
      }
      int side = (exact ? version : release).compareTo(part.oldest().orElseThrow());
      allNewer &= side < 0;
      allOlder &= side > 0;
    }
    return allNewer
        ? ClientCompatibility.Outcome.TOO_OLD
        : allOlder ? ClientCompatibility.Outcome.TOO_NEW : ClientCompatibility.Outcome.LEFT_OUT;
  }
}
