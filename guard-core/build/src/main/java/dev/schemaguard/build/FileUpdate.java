// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.nio.file.Path;
import java.util.List;

/** The updated content of a generated file, with its differences from the existing file. */
public sealed interface FileUpdate permits ChainUpdate, ChecksumUpdate, SchemaFileUpdate {

  /** Returns the lines that differ. */
  List<ChainChange> changes();

  /** Returns whether the file needs no change. */
  boolean isCurrent();

  /**
   * Writes the file if it needs a change.
   *
   * @throws dev.schemaguard.matrix.ConfigurationException if a manual decision is required first,
   *     or the file cannot be written
   */
  void writeTo(Path file);

  /** Returns the changes in one line: {@code 2 lines added, 1 line changed}. */
  default String summary() {
    return ChainChange.summary(changes());
  }

  /**
   * Returns the lines that differ, the old ones with the prefix {@code - } and the new ones with
   * {@code + }.
   */
  default List<String> difference() {
    return changes().stream().flatMap(ChainChange::lines).toList();
  }
}
