// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import java.util.HashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How logging is set up, to be put back, for a command line sets it up for itself. */
final class LoggingSetup {

  private final Logger root = Logger.getLogger("");
  private final Logger liquibase = Logger.getLogger("liquibase");
  private final Level ofRoot = root.getLevel();
  private final Level ofLiquibase = liquibase.getLevel();
  private final Map<Handler, Level> levels = new HashMap<>();
  private final Map<Handler, Formatter> formatters = new HashMap<>();

  LoggingSetup() {
    for (Handler handler : root.getHandlers()) {
      levels.put(handler, handler.getLevel());
      formatters.put(handler, handler.getFormatter());
    }
  }

  /** Puts it back. */
  void restore() {
    root.setLevel(ofRoot);
    liquibase.setLevel(ofLiquibase);
    levels.forEach(Handler::setLevel);
    formatters.forEach(Handler::setFormatter);
  }
}
