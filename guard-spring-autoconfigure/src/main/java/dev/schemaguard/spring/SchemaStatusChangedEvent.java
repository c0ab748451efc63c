// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.status.MigrationStatus;

/**
 * An event that is published if the verdict on a database changes while the application runs. It is
 * published on a thread of the guard, one change after the other.
 *
 * @param guard the name of the guard; empty if it is the only one
 * @param before the last status with the previous verdict
 * @param now the first status with the new verdict
 */
public record SchemaStatusChangedEvent(String guard, MigrationStatus before, MigrationStatus now) {}
