// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The updated content of a {@code revisions.txt}, with its differences from the existing file.
 * Immutable.
 *
 * @param origin the location of the file, for messages
 * @param before the existing text; null if there is no file
 * @param text the updated text
 * @param chain the revision chain in {@code text}
 * @param changes the lines that differ
 * @param vanished the names on lines that are no longer in the sources, without an explanation; the
 *     file cannot be written before they are explained
 * @param ahead the names that a database has recorded after the newest revision of the sources;
 *     they have no line
 * @param notes what could not be written, in sentences
 */
public record ChainUpdate(
    String origin,
    @Nullable String before,
    String text,
    RevisionChain chain,
    List<ChainChange> changes,
    List<String> vanished,
    List<String> ahead,
    List<String> notes)
    implements FileUpdate {

  /** Copies the lists. */
  public ChainUpdate {
    changes = List.copyOf(changes);
    vanished = List.copyOf(vanished);
    ahead = List.copyOf(ahead);
    notes = List.copyOf(notes);
  }

  @Override
  public boolean isCurrent() {
    return changes.isEmpty() && vanished.isEmpty();
  }

  /**
   * Returns the names of revisions that are not in a committed revision chain yet; empty if there
   * was no file.
   */
  public Set<String> newRevisions() {
    return before == null
        ? Set.of()
        : changes.stream()
            .filter(change -> change.kind() == ChainChange.Kind.ADDED)
            .map(ChainChange::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Refuses an update if lines of the file are no longer in the sources.
   *
   * @throws ConfigurationException that names them, and states how to explain them
   */
  public void requireNothingVanished() {
    if (!vanished.isEmpty()) {
      throw new ConfigurationException(
          origin,
          vanished.size()
              + (vanished.size() == 1 ? " line is" : " lines are")
              + " no longer in the sources (renamed, squashed or never released?): "
              + Names.some(vanished),
          "Nothing was written. Renamed"
              + perhapsRenamed()
              + ": write the new name on the line, then a tab and was=OLD NAME. Squashed: add a tab"
              + " and replaced-by=NEW NAME. Never released, on no database: delete the line. Removed"
              + " or ignored on purpose: add a tab and retired.");
    }
  }

  /**
   * Refuses a revision chain with which every database would count as up to date. This is a chain
   * without any revision, unless the file states that there is none yet, or one in which no
   * revision is required.
   *
   * @param warnings warnings about the sources, which may be the reason
   * @throws ConfigurationException that states how to correct it
   */
  public void requireRevisions(List<String> warnings) {
    if (chain.size() == 0 && !chain.saysNoMigrations()) {
      throw new ConfigurationException(
          origin,
          "there are no migrations at the place that was named" + reason(warnings),
          "Name the place where the application's migrations are. If it has none yet, write the"
              + " line '"
              + RevisionChain.NO_MIGRATIONS
              + "' to this file; the first migration replaces it.");
    }
    CompatibilityMatrix whole = CompatibilityMatrix.ofChain(chain);
    try {
      whole.resolve(whole.rows().get(0)).requireRevisions(null);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(e.location(), e.reason() + reason(warnings), e.remedy(), e);
    }
  }

  private static String reason(List<String> warnings) {
    return warnings.isEmpty() ? "" : "; " + String.join("; ", warnings);
  }

  @Override
  public void writeTo(Path file) {
    requireNothingVanished();
    if (!isCurrent()) {
      new TextFile(file).write(text);
    }
  }

  /** Usually a file was moved; then id and author of a changeset are unchanged. */
  private String perhapsRenamed() {
    List<String> pairs =
        vanished.stream()
            .flatMap(
                name ->
                    changes.stream()
                        .map(ChainChange::name)
                        .filter(added -> isMoved(name, added))
                        .map(added -> name + " to " + added))
            .toList();
    return pairs.isEmpty() ? "" : ", perhaps " + Names.some(pairs);
  }

  private static boolean isMoved(String before, String after) {
    Optional<ChangesetKey> key = ChangesetKey.parse(before);
    return !before.equals(after)
        && key.isPresent()
        && ChangesetKey.parse(after)
            .map(other -> new ChangesetKey(key.get().path(), other.id(), other.author()))
            .equals(key);
  }
}
