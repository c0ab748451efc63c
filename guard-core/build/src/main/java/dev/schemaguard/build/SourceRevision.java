// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.Revision;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A migration as the application's sources define it.
 *
 * @param revision its name, and what the sources say of it: other names as aliases, dbms, optional;
 *     its parents where they say so, else null
 * @param comment what the tool will record as its comment, cut where the tool cuts it; null: none
 * @param markable whether the tool records comments, so that one may hold a floor marker
 * @param reruns whether the tool may run it again, so that its place in a history tells nothing
 */
public record SourceRevision(
    Revision revision, @Nullable String comment, boolean markable, boolean reruns) {

  /** A revision of a tool that records comments. */
  public SourceRevision(Revision revision, @Nullable String comment, boolean reruns) {
    this(revision, comment, true, reruns);
  }

  /** A revision of a tool that records nothing but its name. */
  static SourceRevision unmarkable(Revision revision) {
    return new SourceRevision(revision, null, false, false);
  }

  /** The name under which the tool records it. */
  public String name() {
    return revision.name();
  }

  /**
   * This and {@code other} as one. Liquibase allows changesets of one name as long as no database
   * and no context runs two of them, so together they are one revision.
   */
  SourceRevision or(SourceRevision other) {
    Revision that = other.revision;
    return new SourceRevision(
        new Revision(
            revision.name(),
            Stream.concat(revision.aliases().stream(), that.aliases().stream()).distinct().toList(),
            null,
            dbms(that),
            revision.optional() && that.optional(),
            List.of(),
            null,
            false),
        comment != null ? comment : other.comment,
        reruns || other.reruns);
  }

  /** Where one of the two is optional, the other alone says where the revision is required. */
  private List<String> dbms(Revision that) {
    if (revision.optional() != that.optional()) {
      return revision.optional() ? that.dbms() : revision.dbms();
    }
    return DbmsList.of(revision.dbms()).or(DbmsList.of(that.dbms())).definition();
  }
}
