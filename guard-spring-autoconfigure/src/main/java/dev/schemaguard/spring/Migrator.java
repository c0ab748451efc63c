// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.history.Tool;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A migrator of the application, as its own bean describes it.
 *
 * @param bean the name of its bean
 * @param tool the tool that it runs
 * @param dataSource the database that it migrates; null if it has several, or none yet
 * @param location where it keeps its history; parts that have the tool's default are null
 * @param migration how it migrates
 * @param repairs whether the application's own code runs it, and may repair the history first
 */
record Migrator(
    String bean,
    Tool tool,
    @Nullable DataSource dataSource,
    HistoryLocation location,
    MigrationOwner migration,
    boolean repairs) {}
