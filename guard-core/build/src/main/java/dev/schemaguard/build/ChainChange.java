// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line of a generated file that an update writes, rewrites or removes.
 *
 * @param kind why
 * @param name the name on the line
 * @param before the line as it was; null where it was not there
 * @param after the line as it will be; null where it is removed
 */
public record ChainChange(Kind kind, String name, @Nullable String before, @Nullable String after) {

  /** Why a line changes. */
  public enum Kind {
    /** The revision is new. */
    ADDED("added"),
    /** The database holds it, the sources do no longer. */
    RETIRED("added as retired"),
    /** The sources say something else of it. */
    CHANGED("changed"),
    /** It was retired, and is in the sources again. */
    UNRETIRED("no longer retired"),
    /** An earlier line means the same revision, and has taken over its attributes. */
    DROPPED("dropped as duplicate"),
    /** The chain has no line for it any more. */
    REMOVED("removed");

    private final String verb;

    Kind(String verb) {
      this.verb = verb;
    }

    /** What happens to {@code count} lines, in words: {@code 2 lines added}. */
    String happensTo(long count) {
      return count + (count == 1 ? " line " : " lines ") + verb;
    }
  }

  /** The line as it was, behind {@code - }, and as it will be, behind {@code + }. */
  Stream<String> lines() {
    return Stream.of(before == null ? "" : "- " + before, after == null ? "" : "+ " + after)
        .filter(line -> !line.isEmpty());
  }

  /** How many lines change in which way, in words. */
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
