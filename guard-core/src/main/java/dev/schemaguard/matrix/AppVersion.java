// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of an application, ordered by the rules of <a
 * href="https://semver.org/#spec-item-11">SemVer</a>: {@code 0.6.1-SNAPSHOT} comes before {@code
 * 0.6.1}. A version may have any number of parts; missing parts are 0. A leading {@code v} is
 * ignored. {@code 0.6.1-3-gabc}, which {@code git describe} prints for a build three commits after
 * a tag, counts as {@code 0.6.1}.
 *
 * <p>Immutable. Equality takes build metadata into account; the order does not.
 */
public final class AppVersion implements Comparable<AppVersion> {

  private static final int LONGEST = 255;
  private static final Pattern FORM =
      Pattern.compile(
          "[vV]?(\\d++(?:\\.\\d++)*+)(?:-([0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+))?"
              + "(?:\\+([0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+))?");
  private static final Pattern GIT_DESCRIBE =
      Pattern.compile("(?:(.*[^.])-)?\\d+-g[0-9a-f]+(?:-dirty)?");

  private final String text;
  private final List<BigInteger> numbers;
  private final List<String> preRelease;
  private final String suffix;

  private AppVersion(
      String text, List<BigInteger> numbers, List<String> preRelease, String suffix) {
    this.text = text;
    this.numbers = numbers;
    this.preRelease = preRelease;
    this.suffix = suffix;
  }

  /**
   * Returns the version that {@code text} spells, or empty if it does not spell one, for example a
   * git hash.
   */
  public static Optional<AppVersion> parse(String text) {
    String trimmed = text.strip();
    Matcher matcher = FORM.matcher(trimmed);
    if (trimmed.length() > LONGEST || !matcher.matches()) {
      return Optional.empty();
    }
    List<BigInteger> numbers = new ArrayList<>();
    for (String part : matcher.group(1).split("\\.", -1)) {
      numbers.add(new BigInteger(part));
    }
    String qualifier = Objects.requireNonNullElse(matcher.group(2), "");
    String build = Objects.requireNonNullElse(matcher.group(3), "");
    String preRelease = qualifier;
    Matcher described = GIT_DESCRIBE.matcher(qualifier);
    if (described.matches()) {
      preRelease = Objects.requireNonNullElse(described.group(1), "");
    }
    return Optional.of(
        new AppVersion(
            trimmed,
            withoutTrailingZeros(numbers),
            preRelease.isEmpty() ? List.of() : List.of(preRelease.split("\\.", -1)),
            qualifier + "+" + build));
  }

  /** Returns the version without its qualifier: {@code 0.6.1} for {@code 0.6.1-SNAPSHOT+7}. */
  public AppVersion release() {
    return hasQualifier() ? new AppVersion(releaseText(), numbers, List.of(), "+") : this;
  }

  /** Returns whether anything follows the numbers. */
  public boolean hasQualifier() {
    return !suffix.equals("+");
  }

  /**
   * Returns the first version after all versions that share the first {@code parts} parts: 1.0
   * gives 1.1.
   */
  AppVersion next(int parts) {
    List<BigInteger> next = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      next.add(number(i));
    }
    next.set(parts - 1, next.get(parts - 1).add(BigInteger.ONE));
    return new AppVersion(text, withoutTrailingZeros(next), List.of(), "+");
  }

  @Override
  public int compareTo(AppVersion other) {
    for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      int byNumber = number(i).compareTo(other.number(i));
      if (byNumber != 0) {
        return byNumber;
      }
    }
    return comparePreRelease(preRelease, other.preRelease);
  }

  private BigInteger number(int i) {
    return i < numbers.size() ? numbers.get(i) : BigInteger.ZERO;
  }

  private String releaseText() {
    return text.substring(0, text.length() - suffixLength());
  }

  private int suffixLength() {
    int dash = text.indexOf('-');
    int plus = text.indexOf('+');
    int start = dash < 0 ? plus : plus < 0 ? dash : Math.min(dash, plus);
    return start < 0 ? 0 : text.length() - start;
  }

  private static int comparePreRelease(List<String> a, List<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int byIdentifier = compareIdentifiers(a.get(i), b.get(i));
      if (byIdentifier != 0) {
        return byIdentifier;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compareIdentifiers(String a, String b) {
    boolean aIsNumber = isNumber(a);
    boolean bIsNumber = isNumber(b);
    if (aIsNumber && bIsNumber) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    return aIsNumber == bIsNumber ? a.compareTo(b) : aIsNumber ? -1 : 1;
  }

  private static boolean isNumber(String identifier) {
    return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static List<BigInteger> withoutTrailingZeros(List<BigInteger> numbers) {
    int size = numbers.size();
    while (size > 1 && numbers.get(size - 1).signum() == 0) {
      size--;
    }
    return List.copyOf(numbers.subList(0, size));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AppVersion that
        && numbers.equals(that.numbers)
        && suffix.equals(that.suffix);
  }

  @Override
  public int hashCode() {
    return Objects.hash(numbers, suffix);
  }

  /** Returns the version as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
