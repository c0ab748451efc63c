// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.check.Database;
import dev.schemaguard.check.HistoryCheck;

/**
 * One tenant.
 *
 * @param name what people call it
 * @param database where its history is
 * @param check what asks for its history
 */
record Tenant(String name, Database database, HistoryCheck check) {}
