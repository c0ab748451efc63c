// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import java.time.Duration;
import java.time.Instant;

/** When a check began: by the wall clock for people, by the other for its duration. */
public record Stopwatch(Instant begin, long nanos) {

  /** A check that begins now. */
  public static Stopwatch start() {
    return new Stopwatch(Instant.now(), System.nanoTime());
  }

  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
