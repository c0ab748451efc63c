// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.status.MigrationStatus;

/**
 * The verdict on a database has changed while the application runs. Published on a thread of the
 * guard, one change after the other.
 *
 * @param guard the name of the guard; empty if it is the only one
 * @param before the last status of the former verdict
 * @param now the first of the new one
 */
public record SchemaStatusChangedEvent(String guard, MigrationStatus before, MigrationStatus now) {}
