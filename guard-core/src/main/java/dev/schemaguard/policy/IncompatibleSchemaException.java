// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import java.util.Objects;

/** Thrown if an application must not start because its schema is incompatible. */
public final class IncompatibleSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // A status is used only in the process that made it.
  private final transient MigrationStatus status;

  private final String description;
  private final String advice;

  /**
   * Creates a refusal.
   *
   * @param status the status that causes it, which is not compatible
   * @param problem the problem of that status
   * @param headline the first line of the text: who is refused
   * @param override what an operator sets to start nevertheless
   */
  public IncompatibleSchemaException(
      MigrationStatus status, Problem problem, String headline, String override) {
    super(problem.text(headline, override));
    this.status = status;
    this.description = problem.description(headline);
    this.advice = problem.advice(override);
  }

  /** Returns the status that caused the refusal. It is never compatible. */
  public MigrationStatus status() {
    return status;
  }

  /** Returns the problem for people, as it was logged. */
  public String text() {
    return Objects.requireNonNull(getMessage());
  }

  /** Returns the part of the text that says what is wrong. */
  public String description() {
    return description;
  }

  /** Returns the part of the text that says what to do. */
  public String advice() {
    return advice;
  }
}
