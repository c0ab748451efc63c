// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.alter.AlterExpression;
import net.sf.jsqlparser.statement.create.table.CheckConstraint;
import net.sf.jsqlparser.statement.create.table.ForeignKeyIndex;
import net.sf.jsqlparser.statement.create.table.Index;
import org.jspecify.annotations.Nullable;

/** Parses the changes that an ALTER TABLE statement makes, action by action. */
final class AlterTableParser {

  /** An index on columns only; the parser leaves the type of such an index empty. */
  private static final Pattern PLAIN_INDEX =
      Pattern.compile("(?i)(?:key|index)\\s+[^\\s(]+\\s*\\([^()]*\\)");

  private final Alter alter;
  private final String table;

  AlterTableParser(Alter alter) {
    this.alter = alter;
    this.table = alter.getTable().getFullyQualifiedName();
  }

  List<SchemaChange> changes() {
    return alter.getAlterExpressions().stream().flatMap(e -> changes(e).stream()).toList();
  }

  private List<SchemaChange> changes(AlterExpression action) {
    return switch (action.getOperation()) {
      case ADD -> added(action);
      case ALTER -> List.of(altered(action));
      case MODIFY -> columns(action, ChangeKind.REDEFINE_COLUMN);
      case CHANGE -> changed(action);
      case DROP -> List.of(dropped(action));
      case DROP_PRIMARY_KEY, DROP_UNIQUE -> List.of(of(ChangeKind.DROP_UNIQUE));
      case DROP_FOREIGN_KEY -> List.of(of(ChangeKind.DROP_CONSTRAINT));
      case RENAME -> List.of(of(ChangeKind.RENAME_COLUMN, action.getColumnOldName()));
      case RENAME_TABLE -> List.of(of(ChangeKind.RENAME_TABLE));
      case RENAME_INDEX, RENAME_KEY, RENAME_CONSTRAINT -> List.of(of(ChangeKind.RENAME_CONSTRAINT));
      case COMMENT -> List.of(of(ChangeKind.COMMENT));
      case ALGORITHM, LOCK -> List.of(SchemaChange.of(ChangeKind.NOTHING, action.toString()));
      default -> List.of(other(action));
    };
  }

  private List<SchemaChange> added(AlterExpression action) {
    if (action.getColDataTypeList() != null) {
      return action.getColDataTypeList().stream()
          .map(column -> new ColumnParser(table, column))
          .flatMap(column -> column.addition(action.isUseIfNotExists()).stream())
          .toList();
    }
    return List.of(action.getIndex() == null ? other(action) : constraint(action));
  }

  private SchemaChange constraint(AlterExpression action) {
    Index index = action.getIndex();
    if (index instanceof ForeignKeyIndex key) {
      return ColumnParser.reference(ChangeKind.ADD_FOREIGN_KEY, table, key);
    }
    if (index instanceof CheckConstraint) {
      return of(ChangeKind.ADD_CHECK);
    }
    List<String> columns = Objects.requireNonNullElse(index.getColumnsNames(), List.of());
    ChangeKind kind = kind(index);
    return kind == null ? other(action) : SchemaChange.of(kind, table, columns);
  }

  private static @Nullable ChangeKind kind(Index index) {
    String type = Objects.requireNonNullElse(index.getType(), "").toUpperCase(Locale.ROOT);
    if (type.startsWith("UNIQUE")) {
      return ChangeKind.ADD_UNIQUE;
    }
    if (type.equals("PRIMARY KEY")) {
      return ChangeKind.ADD_PRIMARY_KEY;
    }
    return PLAIN_INDEX.matcher(index.toString().strip()).matches() ? ChangeKind.CREATE_INDEX : null;
  }

  private SchemaChange altered(AlterExpression action) {
    if (action.getColumnSetNotNullList() != null) {
      return of(ChangeKind.SET_NOT_NULL, action.getColumnSetNotNullList().get(0).getColumnName());
    }
    if (action.getColumnDropNotNullList() != null) {
      return of(ChangeKind.DROP_NOT_NULL, action.getColumnDropNotNullList().get(0).getColumnName());
    }
    if (action.getColumnSetDefaultList() != null) {
      return of(ChangeKind.SET_DEFAULT, action.getColumnSetDefaultList().get(0).getColumnName());
    }
    if (action.getColumnDropDefaultList() != null) {
      return of(ChangeKind.DROP_DEFAULT, action.getColumnDropDefaultList().get(0).getColumnName());
    }
    boolean ofType =
        action
            .toString()
            .matches("(?is)alter\\s+(?:column\\s+)?\\S+\\s+(?:set\\s+data\\s+)?type\\s.*");
    return ofType && action.getColDataTypeList() != null
        ? of(ChangeKind.ALTER_TYPE, action.getColDataTypeList().get(0).getColumnName())
        : other(action);
  }

  private List<SchemaChange> changed(AlterExpression action) {
    String before = action.getColumnOldName();
    String after = action.getColDataTypeList().get(0).getColumnName();
    SchemaChange redefined = of(ChangeKind.REDEFINE_COLUMN, after);
    return before.equals(after)
        ? List.of(redefined)
        : List.of(of(ChangeKind.RENAME_COLUMN, before), redefined);
  }

  private List<SchemaChange> columns(AlterExpression action, ChangeKind kind) {
    return action.getColDataTypeList() == null
        ? List.of(other(action))
        : action.getColDataTypeList().stream()
            .map(column -> of(kind, column.getColumnName()))
            .toList();
  }

  private SchemaChange dropped(AlterExpression action) {
    if (action.getColumnName() != null) {
      return of(ChangeKind.DROP_COLUMN, action.getColumnName());
    }
    if (action.getConstraintName() != null) {
      return of(ChangeKind.DROP_CONSTRAINT);
    }
    return action.getIndex() == null
        ? other(action)
        : SchemaChange.of(ChangeKind.DROP_INDEX, action.getIndex().getName() + " on " + table);
  }

  private SchemaChange of(ChangeKind kind, String... columns) {
    return SchemaChange.of(kind, table, columns);
  }

  private SchemaChange other(AlterExpression action) {
    return SchemaChange.of(
        ChangeKind.OTHER, "ALTER TABLE " + table + " " + SqlScript.shown(action.toString()));
  }
}
