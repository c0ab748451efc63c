// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a migration is undone, and what happens to the data. Immutable.
 *
 * @param revision the migration's name, as in the revision chain
 * @param hasRollback whether its author or its tool defines a rollback; null if this is unknown
 * @param loss the data loss when it is undone; {@link DataLoss#UNKNOWN} if no rollback is defined
 * @param reasons the reasons for the two, to be written after the migration's name
 */
public record RevisionUndo(
    String revision, @Nullable Boolean hasRollback, DataLoss loss, List<String> reasons) {

  /** Changes that the database refuses if rows that were written since do not satisfy them. */
  private static final Set<ChangeKind> DEPENDING_ON_DATA =
      Set.of(
          ChangeKind.SET_NOT_NULL,
          ChangeKind.ADD_UNIQUE,
          ChangeKind.ADD_UNIQUE_WITH_NEW,
          ChangeKind.ADD_PRIMARY_KEY,
          ChangeKind.ADD_FOREIGN_KEY,
          ChangeKind.ADD_CHECK,
          ChangeKind.ADD_REQUIRED_COLUMN,
          ChangeKind.ALTER_TYPE,
          ChangeKind.REDEFINE_COLUMN,
          ChangeKind.INDEX_EXPRESSION);

  /** Copies the list. */
  public RevisionUndo {
    reasons = List.copyOf(reasons);
  }

  /** Returns the undo of a migration without a rollback. */
  public static RevisionUndo none(String revision, String why) {
    return new RevisionUndo(revision, false, DataLoss.UNKNOWN, List.of(why));
  }

  /**
   * Returns the undo of a migration by a rollback that makes these changes.
   *
   * @param undoing the changes of the rollback
   * @param done the changes of the migration; a rollback cannot restore what they removed
   */
  public static RevisionUndo by(
      String revision, List<SchemaChange> undoing, List<SchemaChange> done) {
    DataLoss worst = DataLoss.NO;
    for (SchemaChange change : undoing) {
      worst = worst.and(change.loss());
    }
    DataLoss loss = worst;
    Stream<String> lost =
        undoing.stream()
            .filter(change -> loss != DataLoss.NO && change.loss() == loss)
            .map(change -> change.done() + (loss == DataLoss.YES ? "" : ", which may lose data"));
    Stream<String> refusable =
        dependingOnData(undoing).map(change -> "fails if the data does not fit: " + change.done());
    Stream<String> left =
        undoing.stream().allMatch(RevisionUndo::isNothing)
                && !done.stream().allMatch(RevisionUndo::isNothing)
            ? Stream.of("its rollback is empty, so what it did stays")
            : Stream.of();
    Stream<String> gone =
        done.stream()
            .filter(change -> change.loss() == DataLoss.YES)
            .map(change -> "what it removed itself stays lost: it " + change.done());
    return new RevisionUndo(
        revision,
        true,
        loss,
        Stream.of(lost, refusable, left, gone).flatMap(s -> s).distinct().toList());
  }

  /**
   * Returns the changes that may fail, without those of a table that the rollback itself creates.
   */
  private static Stream<SchemaChange> dependingOnData(List<SchemaChange> undoing) {
    Set<String> created =
        undoing.stream()
            .filter(change -> change.kind() == ChangeKind.CREATE_TABLE)
            .map(SchemaChange::object)
            .collect(Collectors.toSet());
    return undoing.stream()
        .filter(change -> DEPENDING_ON_DATA.contains(change.kind()))
        .filter(change -> !created.contains(change.object()));
  }

  private static boolean isNothing(SchemaChange change) {
    return change.kind() == ChangeKind.NOTHING;
  }

  /** Combines this and {@code other}, for two changesets that share a name. */
  public RevisionUndo and(RevisionUndo other) {
    return new RevisionUndo(
        revision,
        Objects.equals(hasRollback, other.hasRollback) ? hasRollback : null,
        loss.and(other.loss),
        Stream.concat(reasons.stream(), other.reasons.stream()).distinct().toList());
  }
}
