// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the guard logs while this is open, at every level, and nowhere else. */
public final class RecordedLog implements AutoCloseable {

  private final Logger logger = Logger.getLogger("dev.schemaguard");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Level before = logger.getLevel();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord message) {
          records.add(message);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Begins to record. */
  public RecordedLog() {
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  /** What was logged so far, each as its level as slf4j calls it, a blank, and its text. */
  public List<String> lines() {
    return records.stream().map(r -> level(r.getLevel()) + " " + r.getMessage()).toList();
  }

  private static String level(Level level) {
    return level.equals(Level.SEVERE)
        ? "ERROR"
        : level.equals(Level.WARNING) ? "WARN" : level.getName();
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(before);
  }
}
