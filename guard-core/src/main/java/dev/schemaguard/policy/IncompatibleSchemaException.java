// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import java.util.Objects;

/** The refusal to start an application on a schema that it cannot live with. */
public final class IncompatibleSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // A status is for the process that made it; nobody sends this around.
  private final transient MigrationStatus status;

  private final String description;
  private final String advice;

  IncompatibleSchemaException(
      MigrationStatus status, Problem problem, String headline, String override) {
    super(problem.text(headline, override));
    this.status = status;
    this.description = problem.description(headline);
    this.advice = problem.advice(override);
  }

  /** The status that the refusal stands on. Its verdict is never compatible. */
  public MigrationStatus status() {
    return status;
  }

  /** The problem for people, as it was logged. */
  public String text() {
    return Objects.requireNonNull(getMessage());
  }

  /** The part of the text that says what is wrong. */
  public String description() {
    return description;
  }

  /** The part of the text that says what to do. */
  public String advice() {
    return advice;
  }
}
