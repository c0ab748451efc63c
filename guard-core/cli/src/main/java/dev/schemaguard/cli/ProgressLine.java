// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.tenants.TenantProgress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A line on a terminal that shows how many tenants have been checked. It appears only if the check
 * takes a while, and is removed when the result is available. Thread-safe.
 */
final class ProgressLine implements TenantProgress, AutoCloseable {

  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final @Nullable TerminalLine line;
  private final LongSupplier nanoTime;
  private int assessed;
  private int all;
  private int unresponsive;
  private long next;
  private boolean closed;

  /** Creates a progress display that draws on {@code line}; if it is null, nothing is shown. */
  ProgressLine(@Nullable TerminalLine line, LongSupplier nanoTime) {
    this.line = line;
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong() + FIRST_NANOS;
  }

  /** Creates a progress display on standard error, if that is a terminal. */
  static ProgressLine begin(Output output) {
    return new ProgressLine(
        Terminal.ofStandardError()
            .map(terminal -> new TerminalLine(System.err, terminal, output))
            .orElse(null),
        System::nanoTime);
  }

  @Override
  public synchronized void assessed(int nowAssessed, int nowAll) {
    assessed = nowAssessed;
    all = nowAll;
    draw();
  }

  @Override
  public synchronized void unresponsive(int databases) {
    unresponsive = databases;
    draw();
  }

  private void draw() {
    long now = nanoTime.getAsLong();
    if (line != null && !closed && now - next >= 0) {
      next = now + PERIOD_NANOS;
      String of = all == 0 ? "" : " of " + all;
      line.draw("judged " + assessed + of + " tenants" + silence());
    }
  }

  private String silence() {
    return switch (unresponsive) {
      case 0 -> "";
      case 1 -> " · 1 database does not respond";
      default -> " · " + unresponsive + " databases do not respond";
    };
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (line != null) {
      line.erase();
    }
  }
}
