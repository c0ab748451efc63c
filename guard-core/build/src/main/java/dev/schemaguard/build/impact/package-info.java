// SPDX-License-Identifier: Apache-2.0
/**
 * What a migration does to versions of the application that are older than it: read out of
 * Liquibase's changes and out of SQL, judged by {@link dev.schemaguard.build.impact.ChangeKind the
 * table of rules}. For builds; no check of a database uses it.
 */
@NullMarked
package dev.schemaguard.build.impact;

import org.jspecify.annotations.NullMarked;
