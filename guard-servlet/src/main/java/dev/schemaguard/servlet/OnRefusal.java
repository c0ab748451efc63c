// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.IncompatibleSchemaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a web application that strict mode refuses to start. */
enum OnRefusal {
  /** The context fails; the container may continue with other contexts. */
  FAIL,
  /**
   * The context starts, and the filter answers requests with 503 until the schema is compatible.
   */
  SERVE_503,
  /** The JVM ends. */
  HALT;

  private static final Logger LOG = LoggerFactory.getLogger(OnRefusal.class);
  private static final String CLOSED =
      "Requests are answered with 503 until the schema is compatible";
  private static final int CONFIGURATION = 2;

  static OnRefusal of(Settings settings) {
    return settings.choice(Setting.ON_REFUSAL, OnRefusal.class).orElse(FAIL);
  }

  /** Refuses the start. Returns only if the context should start. */
  void refuse(IncompatibleSchemaException refusal, ContainerLog log) {
    log.write(refusal.text());
    switch (this) {
      case FAIL -> throw refusal;
      case SERVE_503 -> {
        LOG.warn(CLOSED);
        log.write(CLOSED);
      }
      case HALT -> halt(refusal.text(), refusal.status().exitCode());
    }
  }

  /** Ends the start because of a configuration error, which no migration can fix. */
  ConfigurationException reject(ConfigurationException error) {
    if (this == HALT) {
      halt(error.text(), CONFIGURATION);
    }
    return error;
  }

  /**
   * Ends the JVM. It does not use {@link System#exit}, because a container's shutdown hook would
   * wait for the start that this thread is executing. No shutdown hooks run, so a logger may lose
   * buffered messages. Therefore the reason is also written to standard error.
   */
  private static void halt(String reason, int exitCode) {
    LOG.error("The JVM ends with exit code {}", exitCode);
    System.err.println(reason);
    System.err.flush();
    System.out.flush();
    Runtime.getRuntime().halt(exitCode);
  }
}
