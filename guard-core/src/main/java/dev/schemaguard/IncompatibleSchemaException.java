// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.status.MigrationStatus;

/** The refusal to start an application on a schema that it cannot live with. */
public final class IncompatibleSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // A status is for the process that made it; nobody sends this around.
  private final transient MigrationStatus status;

  private final String text;

  IncompatibleSchemaException(MigrationStatus status, String text) {
    super(text);
    this.status = status;
    this.text = text;
  }

  /** The status that the refusal stands on. Its verdict is never compatible. */
  public MigrationStatus status() {
    return status;
  }

  /** The problem for people, as it was logged. */
  public String text() {
    return text;
  }
}
