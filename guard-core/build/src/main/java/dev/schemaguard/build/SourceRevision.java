// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.Revision;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A migration as defined in the application's sources.
 *
 * @param revision its name and attributes from the sources: other names as aliases, dbms and
 *     optional; its parents if the sources define them, else null
 * @param comment the comment that the tool will record, cut to the length that the tool records; of
 *     a tool that records none, the marker that the migration writes into the comment of the
 *     history table; null if there is none
 * @param markable whether the tool records comments, so that they can contain a requires-app marker
 * @param reruns whether the tool may run it again, so that its position in a history is not
 *     significant
 */
public record SourceRevision(
    Revision revision, @Nullable String comment, boolean markable, boolean reruns) {

  /** Creates a revision of a tool that records comments. */
  public SourceRevision(Revision revision, @Nullable String comment, boolean reruns) {
    this(revision, comment, true, reruns);
  }

  /** Returns a revision of a tool that records only its name. */
  static SourceRevision unmarkable(Revision revision) {
    return new SourceRevision(revision, null, false, false);
  }

  /**
   * Returns a revision of a tool that records only its name, and whose migration may write a marker
   * into the comment of the history table.
   *
   * @param comment that comment; null if it has no marker
   */
  static SourceRevision markedOnTable(Revision revision, @Nullable String comment) {
    return new SourceRevision(revision, comment, false, false);
  }

  /** Returns the name under which the tool records it. */
  public String name() {
    return revision.name();
  }

  /**
   * Combines this revision and {@code other}. Liquibase allows several changesets with the same
   * name if no database and no context runs two of them, so together they are one revision.
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

  /** If one of the two is optional, only the other determines where the revision is required. */
  private List<String> dbms(Revision that) {
    if (revision.optional() != that.optional()) {
      return revision.optional() ? that.dbms() : revision.dbms();
    }
    return DbmsList.of(revision.dbms()).or(DbmsList.of(that.dbms())).definition();
  }
}
