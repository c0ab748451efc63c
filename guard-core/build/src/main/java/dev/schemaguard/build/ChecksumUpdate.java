// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The updated content of a {@code checksums.txt}, with its differences from the existing file.
 * Immutable.
 *
 * @param origin the location of the file, for messages
 * @param text the updated text
 * @param changes the lines that differ
 * @param edited the migrations that differ from their lines, each with its line; the file cannot be
 *     written before they are resolved
 * @param remedy what users of this tool can do other than undo the edit
 */
public record ChecksumUpdate(
    String origin, String text, List<ChainChange> changes, List<String> edited, String remedy)
    implements FileUpdate {

  /** Copies the lists. */
  public ChecksumUpdate {
    changes = List.copyOf(changes);
    edited = List.copyOf(edited);
  }

  @Override
  public boolean isCurrent() {
    return changes.isEmpty() && edited.isEmpty();
  }

  /** Returns the error for edited migrations; empty if nothing was edited. */
  public Optional<ConfigurationException> problem() {
    return edited.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ConfigurationException(
                origin,
                (edited.size() == 1 ? "a migration was" : edited.size() + " migrations were")
                    + " edited after the checksum had been committed, and a database that has"
                    + " applied the old text never gets the new one: "
                    + Names.some(edited),
                "Undo the edit, and make the change in a new migration. "
                    + remedy
                    + "If no database has applied it yet, delete its line, and it is written"
                    + " anew."));
  }

  /**
   * Refuses an update if a migration was edited.
   *
   * @throws ConfigurationException that is the {@link #problem}
   */
  public void requireNothingEdited() {
    Optional<ConfigurationException> problem = problem();
    if (problem.isPresent()) {
      throw problem.get();
    }
  }

  @Override
  public void writeTo(Path file) {
    requireNothingEdited();
    if (!isCurrent()) {
      new TextFile(file).write(text);
    }
  }
}
