// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions a row speaks for: {@code 0.6.1}, {@code 1.0.x}, {@code 1.0.x - 1.1.x}, {@code *}
 * or {@code current}. Immutable.
 */
public sealed interface VersionPattern {

  /** What a cell of the App version column may hold, in the words of error messages. */
  String FORMS = "a version (0.6.1), a wildcard (1.0.x), a span (1.0.x - 1.1.x), * or current";

  /** The pattern that {@code cell} spells, or empty where it spells none. */
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

  /** Whether this pattern names the release {@code release}, a version without qualifier. */
  boolean holds(AppVersion release);

  /** What tells this pattern from others: equal exactly where the patterns are. */
  Object identity();

  /** The oldest version that this pattern names, or empty where it names none by number. */
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
   * All releases from {@code from} to {@code to}; {@code to} itself belongs to the span only if
   * {@code inclusive}. A wildcard is the span of what it stands for.
   */
  record Span(AppVersion from, AppVersion to, boolean inclusive) implements VersionPattern {

    /** Two versions of the greatest length, and what stands between them. */
    private static final int LONGEST = 600;

    /**
     * What spells a span without blanks, {@code 1.0.0-1.1.0}: as a version it would be a
     * pre-release that nobody names so, and the versions meant would have no row.
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

    /** One end of a span: {@code 1.0.x}, or a release that is its own span. */
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

    /** Whether every version of {@code other} belongs to this span. */
    boolean contains(Span other) {
      return from.compareTo(other.from) <= 0 && compareEnd(other) >= 0;
    }

    /** Whether some version belongs to both. */
    boolean overlaps(Span other) {
      return holds(other.from) || other.holds(from);
    }

    private int compareEnd(Span other) {
      int byEnd = to.compareTo(other.to);
      return byEnd != 0 ? byEnd : Boolean.compare(inclusive, other.inclusive);
    }
  }
}
