// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One migration of the chain, with the attributes from its line. Immutable.
 *
 * @param name the name as the migration tool knows it; for Liquibase {@code path::id::author}, or
 *     an id alone
 * @param aliases other names: Liquibase tags, slugs
 * @param parents the revisions that this one directly follows; null if the file's order determines
 *     them, empty for a root
 * @param dbms the databases it applies to, in Liquibase's notation; empty means all
 * @param optional true if the revision is never required or pending
 * @param was the names it had before it was renamed
 * @param replacedBy the revision that it was squashed into, or null
 * @param retired true if the revision was removed from the sources; it stays known and has no
 *     effect
 */
public record Revision(
    String name,
    List<String> aliases,
    @Nullable List<String> parents,
    List<String> dbms,
    boolean optional,
    List<String> was,
    @Nullable String replacedBy,
    boolean retired) {

  /**
   * What must hold before a revision is applied, by a row of a table <em>Revision</em> |
   * <em>Requires</em> in the matrix document.
   *
   * @param revision the whole name of the revision
   * @param text what must hold, for people; the query if the cell has no other text
   * @param sql one SELECT without parameters that gives one true value if it holds
   * @param where the location of the row, for messages
   */
  public record Condition(String revision, String text, String sql, String where) {}

  /** Copies the lists. */
  public Revision {
    aliases = List.copyOf(aliases);
    parents = parents == null ? null : List.copyOf(parents);
    dbms = List.copyOf(dbms);
    was = List.copyOf(was);
  }

  /** Returns a revision without attributes. */
  public static Revision of(String name) {
    return new Revision(name, List.of(), null, List.of(), false, List.of(), null, false);
  }

  /**
   * Returns the revision that one line of a {@code revisions.txt} spells. Its references are not
   * checked.
   *
   * @param line a line that is neither blank nor a comment
   * @param origin the file, for the error
   * @param number the line's number in it, for the error
   * @throws ConfigurationException for an unknown attribute, a missing name or value
   */
  public static Revision parse(String line, String origin, int number) {
    return new ChainParser(origin).revision(line, number);
  }

  /** Returns whether its line has anything besides the name. */
  boolean hasAttributes() {
    return optional
        || retired
        || replacedBy != null
        || parents != null
        || !aliases.isEmpty()
        || !dbms.isEmpty()
        || !was.isEmpty();
  }

  /** Returns the parts of a Liquibase name, or empty if the name is not a complete key. */
  public Optional<ChangesetKey> changeset() {
    return ChangesetKey.parse(name);
  }

  /** Returns the changeset's id if the name is a complete Liquibase key, else the name. */
  public String shortName() {
    return ChangesetKey.shortName(name);
  }

  /**
   * Returns whether this revision applies to a database, by the rules of Liquibase's {@code dbms}
   * attribute ({@code liquibase.database.DatabaseList}): {@code all} takes precedence over {@code
   * none}, {@code !x} excludes x, and a list of exclusions alone includes every other database.
   *
   * @param database Liquibase's short name of the database; null if it is not known, and then every
   *     revision applies
   */
  public boolean appliesOn(@Nullable String database) {
    if (dbms.isEmpty() || database == null) {
      return true;
    }
    boolean included = false;
    boolean excluded = false;
    boolean onlyExclusions = true;
    for (String listed : dbms) {
      String name = listed.toLowerCase(Locale.ROOT);
      if (name.equals("all")) {
        return true;
      }
      excluded |= name.equals("none") || name.equals("!" + database);
      included |= name.equals(database);
      onlyExclusions &= name.startsWith("!");
    }
    return !excluded && (included || onlyExclusions);
  }

  /** Returns whether a database must have this revision to be complete. */
  public boolean isDue(@Nullable String database) {
    return !optional && !retired && replacedBy == null && appliesOn(database);
  }
}
