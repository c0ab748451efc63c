// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What anybody logs while this is open, the container too, with what was thrown. */
final class EveryLog implements AutoCloseable {

  private final Logger root = Logger.getLogger("");
  private final Level before = root.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord message) {
          lines.add(String.valueOf(message.getMessage()));
          for (Throwable t = message.getThrown(); t != null; t = t.getCause()) {
            lines.add(t.toString());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Begins to record. */
  EveryLog() {
    root.setLevel(Level.INFO);
    root.addHandler(handler);
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    root.removeHandler(handler);
    root.setLevel(before);
  }
}
