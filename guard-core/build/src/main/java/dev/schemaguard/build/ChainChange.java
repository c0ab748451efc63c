// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line of a generated file that an update adds, changes or removes.
 *
 * @param kind the reason for the change
 * @param name the name on the line
 * @param before the line before the update; null if it did not exist
 * @param after the line after the update; null if it is removed
 */
public record ChainChange(Kind kind, String name, @Nullable String before, @Nullable String after) {

  /** The reason why a line changes. */
  public enum Kind {
    /** What it names is new. */
    ADDED("added"),
    /** The database contains it, but the sources no longer do. */
    RETIRED("added as retired"),
    /** What it names is defined differently. */
    CHANGED("changed"),
    /** The revision was retired, and is in the sources again. */
    UNRETIRED("no longer retired"),
    /** An earlier line is the same revision, and now has the attributes of both. */
    DROPPED("dropped as duplicate"),
    /** What it names no longer exists. */
    REMOVED("removed");

    private final String verb;

    Kind(String verb) {
      this.verb = verb;
    }

    /** Returns what happens to {@code count} lines, in words: {@code 2 lines added}. */
    String happensTo(long count) {
      return count + (count == 1 ? " line " : " lines ") + verb;
    }
  }

  /**
   * Returns the line before the update with the prefix {@code - }, and after it with {@code + }.
   */
  Stream<String> lines() {
    return Stream.of(before == null ? "" : "- " + before, after == null ? "" : "+ " + after)
        .filter(line -> !line.isEmpty());
  }

  /** Returns how many lines change in which way, in words. */
  static String summary(List<ChainChange> changes) {
    return Arrays.stream(Kind.values())
        .filter(kind -> count(kind, changes) > 0)
        .map(kind -> kind.happensTo(count(kind, changes)))
        .collect(Collectors.joining(", "));
  }

  private static long count(Kind kind, List<ChainChange> changes) {
    return changes.stream().filter(change -> change.kind() == kind).count();
  }
}
