// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

/**
 * One tenant.
 *
 * @param name what people call it
 * @param database where its history is
 * @param check what asks for its history
 */
record Tenant(String name, Database database, HistoryCheck check) {}
