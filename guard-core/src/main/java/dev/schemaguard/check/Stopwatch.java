// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import java.time.Duration;
import java.time.Instant;

/**
 * The time when a check began: by the wall clock for people, and by {@link System#nanoTime} for its
 * duration.
 */
public record Stopwatch(Instant begin, long nanos) {

  /** Returns the stopwatch of a check that begins now. */
  public static Stopwatch start() {
    return new Stopwatch(Instant.now(), System.nanoTime());
  }

  /** Returns the time since the start. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
