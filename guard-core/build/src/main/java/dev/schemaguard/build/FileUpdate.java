// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.nio.file.Path;
import java.util.List;

/** A generated file as it should be, and how that differs from what is there. */
public sealed interface FileUpdate permits ChainUpdate, ChecksumUpdate {

  /** The lines that differ. */
  List<ChainChange> changes();

  /** Whether the file needs no change. */
  boolean isCurrent();

  /**
   * Writes the file, if it needs a change.
   *
   * @throws dev.schemaguard.matrix.ConfigurationException if somebody must decide something first,
   *     or the file cannot be written
   */
  void writeTo(Path file);

  /** What changes, in one line: {@code 2 lines added, 1 line changed}. */
  default String summary() {
    return ChainChange.summary(changes());
  }

  /** The lines that differ, {@code - } before the old and {@code + } before the new. */
  default List<String> difference() {
    return changes().stream().flatMap(ChainChange::lines).toList();
  }
}
