// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.history.Tool;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of a guard, and what is known about its history apart from the guard's own settings.
 *
 * @param migrator the application's migrator of this database; null if there is none, if it cannot
 *     be read yet, or if several are possible
 */
record GuardedDatabase(
    DataSource dataSource,
    Tool tool,
    HistoryLocation location,
    MigrationOwner migration,
    @Nullable Migrator migrator) {}
