// SPDX-License-Identifier: Apache-2.0
/**
 * Determines the impact of a migration on versions of the application that are older than it, from
 * Liquibase's changes and from SQL, according to {@link dev.schemaguard.build.impact.ChangeKind the
 * table of rules}. Used in builds only, not by checks of a database.
 */
@NullMarked
package dev.schemaguard.build.impact;

import org.jspecify.annotations.NullMarked;
