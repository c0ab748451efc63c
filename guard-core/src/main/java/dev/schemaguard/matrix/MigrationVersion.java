// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The version of a migration whose name consists of numbers only. It has the same meaning as in
 * Flyway ({@code org.flywaydb.core.api.MigrationVersion}): {@code 1}, {@code 001}, {@code 1.0} and
 * {@code 1_0} are equal, and {@code 1.10} comes after {@code 1.9}.
 *
 * @param parts the numbers, the most significant first; never empty, and without a zero at the end
 *     unless zero is the only number
 */
public record MigrationVersion(List<BigInteger> parts) implements Comparable<MigrationVersion> {

  private static final Pattern NUMBERS = Pattern.compile("\\d{1,100}(?:[._]\\d{1,100})*+");

  /** Copies the numbers, without the zeros at the end. */
  public MigrationVersion {
    int length = parts.size();
    while (length > 1 && parts.get(length - 1).signum() == 0) {
      length--;
    }
    parts = List.copyOf(parts.subList(0, length));
  }

  /** Returns the version that {@code name} spells, or empty if it contains anything but numbers. */
  public static Optional<MigrationVersion> parse(String name) {
    if (!NUMBERS.matcher(name).matches()) {
      return Optional.empty();
    }
    List<BigInteger> parts = new ArrayList<>();
    for (String part : name.split("[._]", -1)) {
      parts.add(new BigInteger(part));
    }
    return Optional.of(new MigrationVersion(parts));
  }

  @Override
  public int compareTo(MigrationVersion other) {
    for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
      int order = part(i).compareTo(other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private BigInteger part(int index) {
    return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
  }

  /** Returns the canonical form, in which equal versions are spelt alike: {@code 1.2}. */
  @Override
  public String toString() {
    return parts.stream().map(BigInteger::toString).collect(Collectors.joining("."));
  }
}
