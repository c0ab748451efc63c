// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.check.Database;
import dev.schemaguard.check.HistoryCheck;

/**
 * One tenant of the application.
 *
 * @param name its name, for people
 * @param database where its history is
 * @param check checks its history
 */
record Tenant(String name, Database database, HistoryCheck check) {}
