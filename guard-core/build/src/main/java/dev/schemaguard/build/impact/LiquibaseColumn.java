// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import liquibase.change.ColumnConfig;
import liquibase.change.ConstraintsConfig;

/** Reads from Liquibase's definition of a column how it affects versions that do not write it. */
final class LiquibaseColumn {

  /** A type may be any text that the database accepts, and may therefore contain a constraint. */
  private static final Pattern MORE_THAN_TYPE =
      Pattern.compile("(?is).*\\b(?:not\\s+null|unique|check|references|primary|default)\\b.*");

  private static final Pattern TABLE = Pattern.compile("\\s*([^\\s(]+)");
  private static final Pattern LETS_GO =
      Pattern.compile("(?i)on\\s+delete\\s+(?:cascade|set\\s+null)");

  private final String table;
  private final ColumnConfig column;
  private final String name;
  private final ConstraintsConfig constraints;

  LiquibaseColumn(String table, ColumnConfig column) {
    this.table = table;
    this.column = column;
    this.name = Objects.requireNonNullElse(column.getName(), "");
    this.constraints =
        Objects.requireNonNullElseGet(column.getConstraints(), ConstraintsConfig::new);
  }

  /** Returns the tables that it references, if its own table is new. */
  List<SchemaChange> references() {
    String referenced = referenced();
    return referenced.isEmpty()
        ? List.of()
        : List.of(
            new SchemaChange(
                ChangeKind.REFERENCE_THAT_HOLDS,
                table,
                List.of(name),
                new SchemaChange.Reference(referenced, yields())));
  }

  private String referenced() {
    if (constraints.getReferencedTableName() != null) {
      return constraints.getReferencedTableName();
    }
    var matcher = TABLE.matcher(Objects.requireNonNullElse(constraints.getReferences(), ""));
    return matcher.lookingAt() ? matcher.group(1) : "";
  }

  private boolean yields() {
    return Boolean.TRUE.equals(constraints.isDeleteCascade())
        || LETS_GO.matcher(Objects.requireNonNullElse(constraints.getReferences(), "")).find();
  }

  /** Returns the changes made by adding the column to a table. */
  List<SchemaChange> addition() {
    boolean key = Boolean.TRUE.equals(constraints.isPrimaryKey());
    boolean required = key || Boolean.FALSE.equals(constraints.isNullable());
    boolean filled = hasDefault() || Boolean.TRUE.equals(column.isAutoIncrement());
    List<SchemaChange> changes = new ArrayList<>();
    if (required && !filled) {
      changes.add(of(ChangeKind.ADD_REQUIRED_COLUMN));
    } else {
      changes.add(of(filled ? ChangeKind.ADD_COLUMN_WITH_DEFAULT : ChangeKind.ADD_COLUMN));
      if (required) {
        changes.add(of(ChangeKind.SET_NOT_NULL));
      }
    }
    if (key || Boolean.TRUE.equals(constraints.isUnique())) {
      changes.add(of(key ? ChangeKind.ADD_PRIMARY_KEY : ChangeKind.ADD_UNIQUE));
    }
    if (constraints.getCheckConstraint() != null) {
      changes.add(of(ChangeKind.ADD_CHECK_OF_NEW));
    }
    references().forEach(change -> changes.add(change.as(ChangeKind.ADD_FOREIGN_KEY)));
    String type = Objects.requireNonNullElse(column.getType(), "");
    if (MORE_THAN_TYPE.matcher(type).matches()) {
      changes.add(SchemaChange.of(ChangeKind.UNPARSED, name + " " + type));
    }
    return changes;
  }

  private boolean hasDefault() {
    Object value = column.getDefaultValueObject();
    return value != null && !value.toString().equalsIgnoreCase("null");
  }

  private SchemaChange of(ChangeKind kind) {
    return SchemaChange.of(kind, table, name);
  }
}
