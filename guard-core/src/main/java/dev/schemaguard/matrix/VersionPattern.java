// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions that a row applies to: {@code 0.6.1}, {@code 1.0.x}, {@code 1.0.x - 1.1.x}, {@code
 * *} or {@code current}. Immutable.
 */
public sealed interface VersionPattern {

  /** The forms that a cell of the App version column may have, as error messages describe them. */
  String FORMS = "a version (0.6.1), a wildcard (1.0.x), a span (1.0.x - 1.1.x), * or current";

  /** Returns the pattern that {@code cell} spells, or empty if it does not spell one. */
  static Optional<VersionPattern> parse(String cell) {
    String text = cell.strip();
    if (text.equals("*")) {
      return Optional.of(new Every());
    }
    if (text.equals("current")) {
      return Optional.of(new Current());
    }
    if (text.isEmpty()
        || text.length() > Span.LONGEST
        || Span.LACKS_BLANKS.matcher(text).matches()) {
      return Optional.empty();
    }
    Optional<AppVersion> version = AppVersion.parse(text);
    if (version.isPresent()) {
      return Optional.of(new Exact(version.get()));
    }
    Optional<Span> span = Span.parse(text);
    return span.isEmpty() ? Optional.empty() : Optional.of(span.get().simplest());
  }

  /** Returns whether this pattern includes {@code release}, a version without a qualifier. */
  boolean holds(AppVersion release);

  /**
   * Returns an object that identifies this pattern: two of these objects are equal exactly if the
   * patterns are.
   */
  Object identity();

  /**
   * Returns the oldest version that this pattern names, or empty if it does not name one by number.
   */
  default Optional<AppVersion> oldest() {
    return Optional.empty();
  }

  /** One version. */
  record Exact(AppVersion version) implements VersionPattern {
    @Override
    public boolean holds(AppVersion release) {
      return version.equals(release);
    }

    @Override
    public Object identity() {
      return version;
    }

    @Override
    public Optional<AppVersion> oldest() {
      return Optional.of(version);
    }
  }

  /** The application that the document is bundled with, whatever its version is called. */
  record Current() implements VersionPattern {
    @Override
    public boolean holds(AppVersion release) {
      return false;
    }

    @Override
    public Object identity() {
      return "current";
    }
  }

  /** Every version that has no row of its own. */
  record Every() implements VersionPattern {
    @Override
    public boolean holds(AppVersion release) {
      return true;
    }

    @Override
    public Object identity() {
      return "*";
    }
  }

  /**
   * All releases from {@code from} to {@code to}. {@code to} itself belongs to the span only if
   * {@code inclusive} is true. A wildcard is the span of the versions that it matches.
   */
  record Span(AppVersion from, AppVersion to, boolean inclusive) implements VersionPattern {

    /** The length of two versions of maximum length and the text between them. */
    private static final int LONGEST = 600;

    /**
     * Matches a span without blanks, {@code 1.0.0-1.1.0}. Read as a version, it would be a
     * pre-release that does not exist in practice, and the intended versions would have no row.
     */
    private static final Pattern LACKS_BLANKS =
        Pattern.compile("[vV]?\\d++(?:(?:\\.\\d++)*+-[vV]?\\d++(?:\\.[\\dxX*]++)++|-[vV]?\\d++)");

    private static final Pattern WILDCARD =
        Pattern.compile("[vV]?(\\d++(?:\\.\\d++)*+)(?:\\.[xX*])++");
    private static final Pattern BETWEEN = Pattern.compile("\\s++-\\s++");

    static Optional<Span> parse(String cell) {
      String[] ends = BETWEEN.split(cell, -1);
      if (ends.length == 1) {
        return end(ends[0]).filter(span -> !span.inclusive());
      }
      if (ends.length != 2) {
        return Optional.empty();
      }
      Optional<Span> low = end(ends[0]);
      Optional<Span> high = end(ends[1]);
      return low.isEmpty() || high.isEmpty()
          ? Optional.empty()
          : Optional.of(new Span(low.get().from(), high.get().to(), high.get().inclusive()))
              .filter(span -> span.holds(span.from()));
    }

    /** Returns one end of a span: {@code 1.0.x}, or a release, which is a span by itself. */
    private static Optional<Span> end(String text) {
      Matcher wildcard = WILDCARD.matcher(text);
      if (!wildcard.matches()) {
        return AppVersion.parse(text)
            .filter(version -> !version.hasQualifier())
            .map(version -> new Span(version, version, true));
      }
      int parts = wildcard.group(1).split("\\.", -1).length;
      return AppVersion.parse(wildcard.group(1))
          .map(from -> new Span(from, from.next(parts), false));
    }

    @Override
    public boolean holds(AppVersion release) {
      int byEnd = release.compareTo(to);
      return release.compareTo(from) >= 0 && (byEnd < 0 || (inclusive && byEnd == 0));
    }

    @Override
    public Object identity() {
      return List.of(from, to, inclusive);
    }

    @Override
    public Optional<AppVersion> oldest() {
      return Optional.of(from);
    }

    private VersionPattern simplest() {
      return inclusive && from.equals(to) ? new Exact(from) : this;
    }

    /** Returns whether every version of {@code other} belongs to this span. */
    boolean contains(Span other) {
      return from.compareTo(other.from) <= 0 && compareEnd(other) >= 0;
    }

    /** Returns whether at least one version belongs to both spans. */
    boolean overlaps(Span other) {
      return holds(other.from) || other.holds(from);
    }

    private int compareEnd(Span other) {
      int byEnd = to.compareTo(other.to);
      return byEnd != 0 ? byEnd : Boolean.compare(inclusive, other.inclusive);
    }
  }
}
