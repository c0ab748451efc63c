// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of a database, whatever tool or dialect spells it.
 *
 * @param kind what is done
 * @param object to what: the table's name, where a table or a part of one is changed; as it is
 *     written, for only what is spelled alike is surely the same
 * @param columns the columns of that table that are meant; empty where it is all of it, or not told
 * @param reference what a foreign key refers to; null for all else
 */
public record SchemaChange(
    ChangeKind kind, String object, List<String> columns, @Nullable Reference reference) {

  /**
   * What a foreign key refers to.
   *
   * @param table the table
   * @param yields whether a row there can be deleted all the same: the referring one follows, or
   *     lets go
   */
  public record Reference(String table, boolean yields) {}

  /** Copies the columns. */
  public SchemaChange {
    columns = List.copyOf(columns);
  }

  /** A change of an object, or of columns of it. */
  public static SchemaChange of(ChangeKind kind, String object, String... columns) {
    return new SchemaChange(kind, object, List.of(columns), null);
  }

  /** A change of several columns of a table. */
  static SchemaChange of(ChangeKind kind, String object, List<String> columns) {
    return new SchemaChange(kind, object, columns, null);
  }

  SchemaChange as(ChangeKind other) {
    return new SchemaChange(other, object, columns, reference);
  }

  /** What it does by the table of rules alone, whatever else the migration does. */
  Consequence consequence() {
    return new Consequence(kind.effect(), kind.reason(subject()));
  }

  /** What it does, in words. */
  String done() {
    return kind.done(subject());
  }

  /** What it does to data. */
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
