// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a matrix before any reference is resolved. Immutable.
 *
 * @param application the application's name, or null
 * @param unknownAhead null if the document does not set it
 * @param paths the patterns of {@code Paths:}
 * @param rows the rows, in the document's order
 * @param clientTables the tables of client versions, not parsed yet
 * @param conditions the tables of what revisions require, not parsed yet; null if there is none
 */
record MatrixDocument(
    @Nullable String application,
    @Nullable UnknownAhead unknownAhead,
    List<String> paths,
    List<MatrixRow> rows,
    List<MarkdownTable> clientTables,
    @Nullable ConditionTables conditions) {

  /** Copies the lists, and normalizes the paths as those of changesets are. */
  MatrixDocument {
    paths = normalized(paths);
    rows = List.copyOf(rows);
    clientTables = List.copyOf(clientTables);
  }

  private static List<String> normalized(List<String> patterns) {
    List<String> paths = new ArrayList<>(patterns.size());
    for (String pattern : patterns) {
      paths.add(ChangesetKey.normalize(pattern));
    }
    return List.copyOf(paths);
  }
}
