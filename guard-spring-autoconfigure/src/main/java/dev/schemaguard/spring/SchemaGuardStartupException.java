// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.IncompatibleSchemaException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown if the application does not start, because its schema is refused, the guard's
 * configuration cannot be used, or a check-only run had a negative result. Spring Boot reports
 * description and action, and the process ends with the same exit code as the command line.
 */
public final class SchemaGuardStartupException extends RuntimeException
    implements ExitCodeGenerator {

  private static final long serialVersionUID = 1L;
  private static final int CONFIGURATION = 2;

  private final int exitCode;
  private final String description;
  private final String action;

  /** The message is only the first line, because Spring Boot reports the rest. */
  SchemaGuardStartupException(
      int exitCode, String description, String action, @Nullable Throwable cause) {
    super(description.lines().findFirst().orElse(""), cause);
    this.exitCode = exitCode;
    this.description = description;
    this.action = action;
  }

  static SchemaGuardStartupException of(IncompatibleSchemaException refusal) {
    return new SchemaGuardStartupException(
        refusal.status().exitCode(), refusal.description(), refusal.advice(), refusal);
  }

  static SchemaGuardStartupException of(ConfigurationException error) {
    return new SchemaGuardStartupException(
        CONFIGURATION, error.description(), error.advice(), error);
  }

  @Override
  public int getExitCode() {
    return exitCode;
  }

  /** Returns what is wrong, as lines of text. */
  public String description() {
    return description;
  }

  /** Returns what to do, as lines of text, the preferred action first. */
  public String action() {
    return action;
  }
}
