// SPDX-License-Identifier: Apache-2.0
/** What the database says: one reader a migration tool turns the tool's table into a history. */
@NullMarked
package dev.schemaguard.history;

import org.jspecify.annotations.NullMarked;
