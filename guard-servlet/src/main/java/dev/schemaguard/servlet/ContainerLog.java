// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import jakarta.servlet.ServletContext;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/**
 * The log that a container keeps for a web application. It replaces SLF4J in a web application that
 * has no SLF4J provider. In every other it writes nothing, so that nothing is logged twice.
 */
final class ContainerLog {

  private final ServletContext context;
  private final boolean needed;

  private ContainerLog(ServletContext context, boolean needed) {
    this.context = context;
    this.needed = needed;
  }

  static ContainerLog of(ServletContext context) {
    return new ContainerLog(context, LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory);
  }

  /** Returns whether this log is needed because SLF4J discards its messages. */
  boolean isNeeded() {
    return needed;
  }

  void write(String text) {
    if (needed) {
      context.log(text);
    }
  }

  void write(String text, Throwable cause) {
    if (needed) {
      context.log(text, cause);
    }
  }

  /** Writes the verdict with the database, or the problem with what to do about it. */
  void write(MigrationStatus status) {
    Problem problem = status.problem();
    String database = status.database();
    write(
        problem == null
            ? "Schema Guard: "
                + status.summary()
                + (database == null ? "" : "; database " + database)
            : status.summary() + "\n" + problem.text("Schema Guard warns", null));
  }
}
