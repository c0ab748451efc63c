// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import org.jspecify.annotations.Nullable;

/**
 * A table that has the columns of a migration history and is not the one that the application's
 * settings name. Its rows show which application the history belongs to.
 *
 * @param place where it is, with the tool that its columns belong to
 * @param defaultTable the name that this tool gives its table by default
 * @param reading what it contains; null if it was not read
 */
public record HistoryCandidate(
    HistoryPlace place, String defaultTable, @Nullable HistoryResult reading) {}
