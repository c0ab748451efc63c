// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A {@code checksums.txt} as it should be, and how that differs from what is there. Immutable.
 *
 * @param origin where the file is, for messages
 * @param text the text as it should be
 * @param changes the lines that differ
 * @param edited the migrations that are not what their lines say, each with its line; nothing can
 *     be written before that is settled
 * @param remedy what besides undoing the edit this tool's users may do
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

  /** What is wrong; empty where nothing was edited. */
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
   * Refuses an update of a file that some migration contradicts.
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
