// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All revisions that the application knows, oldest first: the content of {@code
 * schema-guard/revisions.txt}. Immutable and thread-safe.
 */
public final class RevisionChain {

  /** The comment line by which a chain states that the application has no migrations yet. */
  public static final String NO_MIGRATIONS = "# no migrations yet";

  private final RevisionPlaces places;
  private final boolean saysNoMigrations;
  private final RevisionNames names;

  /** The revisions that have attributes, by their positions, in order. */
  private final Map<Integer, Revision> attributed;

  private RevisionChain(
      RevisionPlaces places,
      List<String> names,
      Map<Integer, Revision> attributed,
      boolean saysNoMigrations) {
    this.places = places;
    this.saysNoMigrations = saysNoMigrations;
    this.names = new RevisionNames(names, attributed, places);
    this.attributed = attributed;
    RevisionReferences.check(this.names, places, attributed);
  }

  /**
   * Returns the chain that a text spells. Each line is a revision, {@code name[<TAB>attribute]…}, a
   * {@code #} comment or blank.
   *
   * @param text the content of a {@code revisions.txt}
   * @param origin where the text comes from, for error messages
   * @throws ConfigurationException for an unknown attribute, a duplicate, or a reference to a
   *     missing line
   */
  public static RevisionChain parse(String text, String origin) {
    ChainParser parser = new ChainParser(origin);
    parser.parse(MatrixSource.withoutMark(text));
    return new RevisionChain(
        new RevisionPlaces(origin, parser.numbers()),
        parser.names(),
        parser.attributed(),
        parser.saysNoMigrations());
  }

  /**
   * Returns the chain in a file.
   *
   * @throws ConfigurationException if the file cannot be read, is not UTF-8 or is malformed
   */
  public static RevisionChain file(Path file) {
    return MatrixSource.chain(file);
  }

  /**
   * Returns a chain of these revisions.
   *
   * @throws ConfigurationException for a duplicate or a reference to a missing revision
   */
  public static RevisionChain of(Collection<Revision> revisions) {
    List<String> names = new ArrayList<>(revisions.size());
    Map<Integer, Revision> attributed = new TreeMap<>();
    for (Revision revision : revisions) {
      if (revision.hasAttributes()) {
        attributed.put(names.size(), revision);
      }
      names.add(revision.name());
    }
    return new RevisionChain(
        new RevisionPlaces("revisions", new BitSet()), names, attributed, false);
  }

  /** Returns where the chain comes from, for messages: a file, a URL, a resource. */
  public String origin() {
    return places.origin();
  }

  /**
   * Returns whether the chain has no revisions and states this with the line {@value
   * #NO_MIGRATIONS}. An empty chain without this line is an error, because it would accept every
   * database.
   */
  public boolean saysNoMigrations() {
    return saysNoMigrations;
  }

  /**
   * Refuses a chain without revisions, unless it states that there are no migrations yet.
   *
   * @throws ConfigurationException that says how to fill the chain
   */
  public void requireRevisions() {
    if (size() == 0 && !saysNoMigrations) {
      throw new ConfigurationException(
          origin(),
          "the chain holds no revision",
          "Run the test that keeps it fresh, or the command revisions. If the application has no"
              + " migration yet, say so with the line '"
              + NO_MIGRATIONS
              + "'.");
    }
  }

  /** Returns the revisions, oldest first. */
  public List<Revision> revisions() {
    return new RevisionView(this);
  }

  /** Returns the number of revisions. */
  public int size() {
    return names.size();
  }

  /** Returns the revision at a position, counted from 0. */
  public Revision revision(int position) {
    Revision known = attributed(position);
    return known != null ? known : Revision.of(names.get(position));
  }

  /** Returns the revision at a position if it has attributes, else null. */
  public @Nullable Revision attributed(int position) {
    return attributed.isEmpty() ? null : attributed.get(position);
  }

  /** Returns the positions of the revisions that have attributes, in order. */
  public Set<Integer> attributedPositions() {
    return Collections.unmodifiableSet(attributed.keySet());
  }

  /** Returns whether the revision at a position was removed from the sources. */
  public boolean isRetired(int position) {
    Revision known = attributed(position);
    return known != null && known.retired();
  }

  /**
   * Returns whether this is a Liquibase chain, that is, whether its first name has the form {@code
   * path::id::author}.
   */
  public boolean holdsChangesets() {
    return size() > 0 && revision(0).changeset().isPresent();
  }

  /** Returns the position of a revision of this chain, counted from 0. */
  public int indexOf(Revision revision) {
    int index = indexOfName(revision.name());
    if (index < 0) {
      throw new IllegalArgumentException(revision.name() + " is not in " + origin());
    }
    return index;
  }

  /** Returns the position of the revision with exactly this name, or -1. */
  public int indexOfName(String name) {
    return names.indexOf(name);
  }

  /**
   * Returns the position of the revision with exactly this name, or -1.
   *
   * @param likely the position where it probably is, because a history has the order of its chain
   */
  public int indexOfName(String name, int likely) {
    return names.indexOf(name, likely);
  }

  /**
   * Returns the name under which a revision is shown to people: its id if all ids of the chain
   * differ, else its whole name.
   */
  public String displayName(Revision revision) {
    return showsWholeNames() ? revision.name() : revision.shortName();
  }

  /** Returns whether revisions are shown by their whole names, because two of them share an id. */
  public boolean showsWholeNames() {
    return !names.shortNamesDiffer();
  }

  /**
   * Returns the position of the first revision with this {@linkplain Revision#shortName id}, or -1.
   */
  public int indexOfShortName(String shortName) {
    return names.indexOfShortName(shortName);
  }

  /**
   * Returns the last revision that a database must have to be complete, or empty if there is none.
   *
   * @param database Liquibase's short name of the database, or null if it is not known
   */
  public Optional<Revision> head(@Nullable String database) {
    for (int i = names.size() - 1; i >= 0; i--) {
      Revision revision = attributed(i);
      if (revision == null || revision.isDue(database)) {
        return Optional.of(revision(i));
      }
    }
    return Optional.empty();
  }

  /** Returns all positions of the chain. */
  public BitSet all() {
    BitSet all = new BitSet(names.size());
    all.set(0, names.size());
    return all;
  }

  /**
   * Returns the positions of {@code revision} and of everything that comes before it. If its line
   * names parents, this is everything up to them; otherwise it is every line before it.
   */
  public BitSet upTo(Revision revision) {
    BitSet result = new BitSet(names.size());
    Deque<Integer> open = new ArrayDeque<>();
    open.push(indexOf(revision));
    while (!open.isEmpty()) {
      int index = open.pop();
      Revision known = attributed(index);
      List<String> parents = known == null ? null : known.parents();
      if (parents == null) {
        result.set(0, index + 1);
      } else if (!result.get(index)) {
        result.set(index);
        for (String parent : parents) {
          open.push(indexOfName(parent));
        }
      }
    }
    return result;
  }

  /**
   * Returns the revision that a cell of the matrix refers to. These rules are tried in order: equal
   * to a whole name; equal to an id or alias; equal as a version, part by part; the only name that
   * continues the reference with {@code _} or {@code -}; the only name without an alias that the
   * reference continues in the same way.
   *
   * @param where the location of the reference, for the error
   * @throws ConfigurationException if the reference matches no revision or more than one
   */
  public Revision resolve(String reference, String where) {
    int named = indexOfName(reference);
    return named >= 0 ? revision(named) : new ReferenceResolver(this, reference).resolve(where);
  }

  /** Returns the file and line of the revision at a position. */
  public String place(int position) {
    return places.of(position);
  }
}
