// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.history.Tool;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of a guard, and what is known about its history without the guard's own settings.
 *
 * @param migrator the application's migrator of this database; null if there is none, if it cannot
 *     be asked yet, or if several are in question
 */
record GuardedDatabase(
    DataSource dataSource,
    Tool tool,
    HistoryLocation location,
    MigrationOwner migration,
    @Nullable Migrator migrator) {}
