// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

/**
 * Pending migrations that the tool, with its present configuration, will not apply.
 *
 * @param reason which migrations, and why
 * @param action the setting that applies them
 */
public record SkippedMigrations(String reason, String action) {}
