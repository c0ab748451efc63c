// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

/**
 * The effect of one change of a migration on older versions.
 *
 * @param impact the severity
 * @param reason what the change does and why that matters, to be written after the migration's
 *     name: {@code drops column customers.email; older versions may still use it}
 * @param change the change, as the changes before it in the same migration make it
 */
public record Consequence(Impact impact, String reason, SchemaChange change) {

  /** Returns the kind of the change. */
  public ChangeKind kind() {
    return change.kind();
  }
}
