// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

/**
 * What one change of a migration does to older versions.
 *
 * @param effect how bad it is
 * @param reason what the change does and why that matters, to stand behind the migration's name:
 *     {@code drops column customers.email; older versions may still use it}
 */
public record Consequence(Impact effect, String reason) {}
