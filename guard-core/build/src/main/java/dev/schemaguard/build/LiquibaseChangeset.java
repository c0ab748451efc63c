// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.Revision;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import liquibase.change.Change;
import liquibase.change.DbmsTargetedChange;
import liquibase.change.core.ExecuteShellCommandChange;
import liquibase.change.core.TagDatabaseChange;
import liquibase.changelog.ChangeSet;
import liquibase.precondition.core.PreconditionContainer;
import liquibase.util.StringUtil;
import org.jspecify.annotations.Nullable;

/** Converts a Liquibase changeset to a revision. */
final class LiquibaseChangeset {

  /**
   * The length to which {@code MarkChangeSetRanGenerator} cuts the value of the column COMMENTS.
   */
  private static final int COMMENT_LENGTH = 250;

  private LiquibaseChangeset() {}

  /**
   * Returns the revision for a changeset.
   *
   * @param selected whether the contexts and labels of the generator include it
   */
  static SourceRevision revision(ChangeSet changeSet, boolean selected) {
    return new SourceRevision(
        new Revision(
            key(changeSet).toString(),
            tags(changeSet),
            null,
            dbms(changeSet).definition(),
            !selected || mayBeLeftOut(changeSet),
            List.of(),
            null,
            false),
        comment(changeSet),
        changeSet.shouldAlwaysRun() || changeSet.shouldRunOnChange());
  }

  /** Returns the parts of the name that Liquibase records. */
  static ChangesetKey key(ChangeSet changeSet) {
    return new ChangesetKey(
        changeSet.getFilePath(),
        Objects.requireNonNullElse(changeSet.getId(), ""),
        Objects.requireNonNullElse(changeSet.getAuthor(), ""));
  }

  private static List<String> tags(ChangeSet changeSet) {
    return changeSet.getChanges().stream()
        .filter(TagDatabaseChange.class::isInstance)
        .map(change -> ((TagDatabaseChange) change).getTag())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** Liquibase does not record a changeset whose only change is for another database. */
  private static DbmsList dbms(ChangeSet changeSet) {
    DbmsList own = products(changeSet);
    return onlyChange(changeSet) instanceof DbmsTargetedChange targeted
            && targeted.getDbms() != null
        ? own.and(DbmsList.of(Arrays.asList(targeted.getDbms().split(",", -1))))
        : own;
  }

  /** Returns the database products that the changeset is for. */
  static DbmsList products(ChangeSet changeSet) {
    return list(changeSet.getDbmsSet());
  }

  private static DbmsList list(@Nullable Set<String> definition) {
    return DbmsList.of(definition == null ? List.of() : definition);
  }

  /**
   * Returns whether a run of Liquibase may succeed without recording this changeset. Preconditions
   * of a whole changelog cannot cause this, whatever their {@code onFail} is: a failed one ends the
   * run ({@code ValidatingVisitor.validate}), or with WARN has no effect.
   */
  private static boolean mayBeLeftOut(ChangeSet changeSet) {
    PreconditionContainer preconditions = changeSet.getPreconditions();
    return Boolean.FALSE.equals(changeSet.getFailOnError())
        || isForOneSystem(onlyChange(changeSet))
        || (preconditions != null
            && (preconditions.getOnFail() == PreconditionContainer.FailOption.CONTINUE
                || preconditions.getOnError() == PreconditionContainer.ErrorOption.CONTINUE));
  }

  /**
   * Liquibase does not record a changeset whose only change is a command for another operating
   * system.
   */
  private static boolean isForOneSystem(@Nullable Change change) {
    return change instanceof ExecuteShellCommandChange command
        && command.getOs() != null
        && !command.getOs().isEmpty();
  }

  private static @Nullable Change onlyChange(ChangeSet changeSet) {
    List<Change> changes = changeSet.getChanges();
    return changes.size() == 1 ? changes.get(0) : null;
  }

  private static @Nullable String comment(ChangeSet changeSet) {
    String comment = Objects.requireNonNullElse(changeSet.getComments(), "").trim();
    return comment.isEmpty() ? null : StringUtil.limitSize(comment, COMMENT_LENGTH);
  }
}
