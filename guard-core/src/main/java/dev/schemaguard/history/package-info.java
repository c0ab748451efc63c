// SPDX-License-Identifier: Apache-2.0
/**
 * Reads what the database says was applied: one reader per migration tool converts the tool's table
 * into a history.
 */
@NullMarked
package dev.schemaguard.history;

import org.jspecify.annotations.NullMarked;
