// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A line on a terminal that shows the state of a wait. It is redrawn in place, and erased at the
 * end, also if the process ends. Thread-safe.
 */
final class StatusLine implements WaitReport {

  private static final long PERIOD_MILLIS = 500;

  private final TerminalLine line;
  private final WaitingText text;
  private final LongSupplier nanoTime;
  private final long start;

  private @Nullable MigrationStatus last;
  private long lastChange;
  private boolean closed;

  /** Creates a line that is drawn only on a change, and not periodically. */
  StatusLine(
      PrintStream stream,
      Terminal terminal,
      Output output,
      WaitingText text,
      LongSupplier nanoTime) {
    this.line = new TerminalLine(stream, terminal, output);
    this.text = text;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.lastChange = start;
  }

  /** Creates a line on standard error and starts drawing it. */
  static StatusLine begin(Terminal terminal, Output output, WaitingText text) {
    StatusLine line = new StatusLine(System.err, terminal, output, text, System::nanoTime);
    Thread life = new Thread(line::live, "schema-guard-line");
    life.setDaemon(true);
    life.start();
    Runtime.getRuntime().addShutdownHook(new Thread(line::close, "schema-guard-line-end"));
    return line;
  }

  @Override
  public synchronized void changed(MigrationStatus status) {
    last = status;
    lastChange = nanoTime.getAsLong();
    draw();
  }

  /** Draws the current state of the line. */
  synchronized void draw() {
    if (closed) {
      return;
    }
    long now = nanoTime.getAsLong();
    line.draw(text.state(Duration.ofNanos(now - start), last, Duration.ofNanos(now - lastChange)));
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      line.erase();
    }
    closed = true;
    notifyAll();
  }

  private synchronized void live() {
    try {
      while (!closed) {
        wait(PERIOD_MILLIS);
        draw();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
