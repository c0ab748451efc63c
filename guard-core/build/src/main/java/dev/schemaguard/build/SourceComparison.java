// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the lines of a revision chain with the sources and the history of a database. */
final class SourceComparison {

  private final ChainDraft draft;
  private final String origin;
  private final SortedMap<Integer, SourceRevision> sourcesByLine = new TreeMap<>();

  SourceComparison(ChainDraft draft, String origin) {
    this.draft = draft;
    this.origin = origin;
  }

  /** Refreshes the lines of revisions in the sources, and appends new revisions. */
  void refresh(List<SourceRevision> sources) {
    List<SourceRevision> unknown = new ArrayList<>();
    for (SourceRevision source : sources) {
      int position = draft.positionOf(source.name());
      if (position < 0) {
        unknown.add(source);
      } else {
        requireOne(position, sourcesByLine.put(position, source), source);
      }
    }
    sourcesByLine.forEach(this::refresh);
    for (SourceRevision source : unknown) {
      int position = draft.lines().size();
      sourcesByLine.put(position, source);
      draft.append(
          refreshed(position, Revision.of(source.name()), source.revision()),
          ChainChange.Kind.ADDED);
    }
  }

  /** Returns the names on lines that should be in the sources but are not. */
  List<String> vanished() {
    List<String> vanished = new ArrayList<>();
    for (int position = 0; position < draft.lines().size(); position++) {
      Revision revision = draft.lines().get(position).revision();
      if (revision != null
          && !sourcesByLine.containsKey(position)
          && !revision.retired()
          && revision.replacedBy() == null) {
        vanished.add(revision.name());
      }
    }
    return vanished;
  }

  /**
   * Appends, as retired, the recorded entries that are unknown and older than the newest line of
   * the sources.
   *
   * @return the names of the unknown entries that are not older: they are ahead
   */
  List<String> retireLeftovers(List<String> recorded) {
    List<String> names = recorded.stream().map(ChangesetKey::canonical).toList();
    List<String> unknown =
        names.stream().distinct().filter(name -> draft.positionOf(name) < 0).toList();
    int newest = placeOfNewestSource(names);
    List<String> ahead = new ArrayList<>();
    for (String name : unknown) {
      if (names.lastIndexOf(name) < newest) {
        draft.append(retired(name), ChainChange.Kind.RETIRED);
      } else {
        ahead.add(name);
      }
    }
    return ahead;
  }

  /**
   * Returns where the entry with the last line in the revision chain was recorded, or -1. Revisions
   * that run again are ignored, because their entries move behind newer revisions.
   */
  private int placeOfNewestSource(List<String> recorded) {
    int newestLine = -1;
    int place = -1;
    for (int i = 0; i < recorded.size(); i++) {
      int line = draft.positionOf(recorded.get(i));
      SourceRevision source = sourcesByLine.get(line);
      if (line > newestLine && source != null && !source.reruns()) {
        newestLine = line;
        place = i;
      }
    }
    return place;
  }

  private void refresh(int position, SourceRevision source) {
    Revision old = draft.revision(position);
    draft.replace(
        position,
        refreshed(position, old, source.revision()),
        old.retired() ? ChainChange.Kind.UNRETIRED : ChainChange.Kind.CHANGED);
  }

  /** Returns the line's revision updated from the sources, and no longer retired. */
  private Revision refreshed(int position, Revision line, Revision source) {
    boolean sameDbms = DbmsList.of(line.dbms()).equals(DbmsList.of(source.dbms()));
    return new Revision(
        line.name(),
        Stream.concat(
                line.aliases().stream(), source.aliases().stream().filter(ChainLine::fitsInList))
            .distinct()
            .toList(),
        parents(position, line, source),
        sameDbms ? line.dbms() : source.dbms(),
        source.optional(),
        line.was(),
        line.replacedBy(),
        false);
  }

  /** Returns the parents that the line must name; null if its position implies them. */
  private @Nullable List<String> parents(int position, Revision line, Revision source) {
    List<String> known = source.parents();
    if (known == null || isSame(known, line.parents())) {
      return line.parents();
    }
    return draft.areAllAbove(position, known) ? null : known;
  }

  private static boolean isSame(List<String> names, @Nullable List<String> others) {
    return others != null && Set.copyOf(names).equals(Set.copyOf(others));
  }

  private static Revision retired(String name) {
    return new Revision(name, List.of(), null, List.of(), false, List.of(), null, true);
  }

  private void requireOne(int position, @Nullable SourceRevision first, SourceRevision second) {
    if (first != null) {
      throw new ConfigurationException(
          origin,
          "the line '"
              + draft.revision(position).name()
              + "' means two revisions of the sources: '"
              + first.name()
              + "' and '"
              + second.name()
              + "'",
          "Give each a line of its own: a line without :: means every changeset with that id, and"
              + " was= names what is no longer in the sources.");
    }
  }
}
