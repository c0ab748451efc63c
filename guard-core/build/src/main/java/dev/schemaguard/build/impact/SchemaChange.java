// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a database schema, independent of tool and SQL dialect.
 *
 * @param kind the kind of change
 * @param object the changed object, which is the table if a table or a part of it is changed; spelt
 *     as written, because only names with the same spelling are certainly the same
 * @param columns the affected columns of that table; empty if the whole object is affected, or the
 *     columns are unknown
 * @param reference what a foreign key references; null for all other changes
 */
public record SchemaChange(
    ChangeKind kind, String object, List<String> columns, @Nullable Reference reference) {

  /**
   * The target of a foreign key.
   *
   * @param table the referenced table
   * @param yields whether a referenced row can be deleted, because the referencing row is deleted
   *     too or its reference is cleared
   */
  public record Reference(String table, boolean yields) {}

  /** Copies the columns. */
  public SchemaChange {
    columns = List.copyOf(columns);
  }

  /** Returns a change of an object, or of some of its columns. */
  public static SchemaChange of(ChangeKind kind, String object, String... columns) {
    return new SchemaChange(kind, object, List.of(columns), null);
  }

  /** Returns a change of several columns of a table. */
  static SchemaChange of(ChangeKind kind, String object, List<String> columns) {
    return new SchemaChange(kind, object, columns, null);
  }

  SchemaChange as(ChangeKind other) {
    return new SchemaChange(other, object, columns, reference);
  }

  /**
   * Returns its effect according to the kind only, independent of the other changes of the
   * migration.
   */
  Consequence consequence() {
    return new Consequence(kind.impact(), kind.reason(subject()), this);
  }

  /** Returns the change in words. */
  String done() {
    return kind.done(subject());
  }

  /** Returns its data loss. */
  DataLoss loss() {
    return DataLoss.of(kind);
  }

  private String subject() {
    String subject =
        switch (columns.size()) {
          case 0 -> object;
          case 1 -> object + "." + columns.get(0);
          default -> object + " (" + String.join(", ", columns) + ")";
        };
    return reference == null ? subject : subject + " to " + reference.table();
  }
}
