// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of a {@code revisions.txt}, which can be updated. An update only appends lines, and
 * keeps the order, the comments and manual edits. It has no side effects; {@link
 * ChainUpdate#writeTo} writes the file. Immutable.
 */
public final class ChainFile {

  private static final String HEADER =
      "# Generated from the migrations, append-only; commit it. See Schema Guard's documentation: Revision chain.";

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String origin;
  private final @Nullable String text;

  private ChainFile(String origin, @Nullable String text) {
    this.origin = origin;
    this.text = text;
  }

  /**
   * Reads the revision chain in a file, which may not exist yet.
   *
   * @throws ConfigurationException if the file exists and cannot be read as UTF-8
   */
  public static ChainFile read(Path file) {
    return new ChainFile(file.toString(), new TextFile(file).read());
  }

  /**
   * Returns the revision chain in a text.
   *
   * @param text null if the file does not exist yet
   * @param origin the location of the text, for messages
   */
  public static ChainFile of(@Nullable String text, String origin) {
    return new ChainFile(origin, text);
  }

  /**
   * Returns the file updated from the sources: attributes of known revisions are refreshed, new
   * revisions are appended, and missing revisions are reported.
   *
   * @throws ConfigurationException if a line cannot be read, or contradicts the sources
   */
  public ChainUpdate update(List<SourceRevision> sources) {
    return update(sources, List.of());
  }

  /**
   * Returns the file updated from the sources and from the history of a database. An unknown entry
   * that was recorded before the newest revision of the sources is a leftover, and gets a line with
   * {@code retired}. One that was recorded later is newer than the sources, and gets no line.
   *
   * @param recorded the names of the applied entries, in the order in which they were recorded
   */
  public ChainUpdate update(List<SourceRevision> sources, List<String> recorded) {
    ChainDraft draft = draft();
    SourceComparison comparison = new SourceComparison(draft, origin);
    comparison.refresh(sources);
    List<String> vanished = comparison.vanished();
    return result(
        draft, vanished, comparison.retireLeftovers(recorded), unwritableAliases(sources));
  }

  /**
   * Returns the file with a line for every revision that a database has recorded, for teams without
   * access to the sources.
   *
   * @param recorded the names of the applied entries, in the order in which they were recorded
   */
  public ChainUpdate extend(List<String> recorded) {
    ChainDraft draft = draft();
    for (String name : recorded) {
      if (draft.positionOf(name) < 0) {
        draft.append(Revision.of(ChangesetKey.canonical(name)), ChainChange.Kind.ADDED);
      }
    }
    return result(draft, List.of(), List.of(), List.of());
  }

  /**
   * Refuses sources that contain no migration, unless this file states that there are none yet.
   *
   * @param sources the sources in which the migrations were looked for
   * @param found the migrations that were read from them
   * @throws ConfigurationException that names what was looked for, and where
   */
  public void requireMigrations(MigrationSources sources, List<SourceRevision> found) {
    RevisionChain chain = RevisionChain.parse(text == null ? "" : text, origin);
    if (found.isEmpty() && !chain.saysNoMigrations()) {
      throw new ConfigurationException(
          origin,
          "no migrations were found; searched for " + sources.place(),
          "Name the place that holds the migrations."
              + (chain.size() > 0
                  ? ""
                  : " If the application has none yet, write "
                      + RevisionChain.NO_MIGRATIONS
                      + " as the only line of this file."));
    }
  }

  private boolean holdsNothingElse() {
    return text != null
        && text.substring(mark().length()).strip().equals(RevisionChain.NO_MIGRATIONS);
  }

  private static List<String> unwritableAliases(List<SourceRevision> sources) {
    List<String> notes = new ArrayList<>();
    for (SourceRevision source : sources) {
      for (String alias : source.revision().aliases()) {
        if (!ChainLine.fitsInList(alias)) {
          notes.add(
              "the alias '"
                  + alias
                  + "' of "
                  + source.name()
                  + " is left out: no list can hold it");
        }
      }
    }
    return notes;
  }

  private ChainDraft draft() {
    ChainDraft draft = new ChainDraft(origin);
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      draft.keep(ChainLine.parse(lines.get(i), origin, i + 1));
    }
    return draft;
  }

  private List<String> lines() {
    if (text == null || text.isBlank() || holdsNothingElse()) {
      return List.of(HEADER);
    }
    String content = text.substring(mark().length());
    List<String> lines = new ArrayList<>(Arrays.asList(content.split("\r?\n|\r", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private ChainUpdate result(
      ChainDraft draft, List<String> vanished, List<String> ahead, List<String> notes) {
    String result = draft.changes().isEmpty() && text != null ? text : render(draft);
    return new ChainUpdate(
        origin,
        text,
        result,
        RevisionChain.parse(result, origin),
        draft.changes(),
        vanished,
        ahead,
        notes);
  }

  private String render(ChainDraft draft) {
    String end = text != null && text.contains("\r\n") ? "\r\n" : "\n";
    boolean hasRevisions = draft.lines().stream().anyMatch(line -> line.revision() != null);
    return draft.lines().stream()
        .map(ChainLine::text)
        .filter(line -> !hasRevisions || !line.strip().equals(RevisionChain.NO_MIGRATIONS))
        .collect(Collectors.joining(end, mark(), end));
  }

  private String mark() {
    return text != null && text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  }
}
