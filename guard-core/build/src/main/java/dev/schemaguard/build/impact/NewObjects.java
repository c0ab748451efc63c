// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a migration has created so far, which are therefore unknown to older versions.
 * Mutable: changes must be passed one by one, in their order.
 */
final class NewObjects {

  /**
   * A new column; it determines the value that is stored when an older version, which never names
   * it, inserts a row.
   */
  private record Column(boolean nullable, boolean hasDefault) {
    boolean isNull() {
      return nullable && !hasDefault;
    }
  }

  private final Set<String> tables = new HashSet<>();
  private final Set<String> perhapsNew = new HashSet<>();
  private final Map<String, Column> columns = new HashMap<>();

  /** Returns the effect of the next change on older versions. */
  Consequence consequence(SchemaChange change) {
    String table = change.object();
    if (change.kind().isOfTable() && tables.contains(table)) {
      if (change.kind() == ChangeKind.DROP_TABLE || change.kind() == ChangeKind.RENAME_TABLE) {
        tables.remove(table);
      }
      return change.as(ChangeKind.COMPLETE_NEW).consequence();
    }
    Consequence consequence = change.as(kind(change)).consequence();
    return consequence.impact() == Impact.CONTRACT
            && change.kind().isOfTable()
            && perhapsNew.contains(table)
        ? new Consequence(
            Impact.UNCLEAR,
            consequence.reason() + ", unless " + table + " is new",
            consequence.change())
        : consequence;
  }

  /** Returns the kind of the change, given the changes before it. */
  private ChangeKind kind(SchemaChange change) {
    ChangeKind kind = change.kind();
    remember(change);
    if (change.reference() != null) {
      return reference(change, change.reference());
    }
    if (kind.isOfColumns() && areNew(change)) {
      return ChangeKind.COMPLETE_NEW;
    }
    if (kind == ChangeKind.ADD_UNIQUE && anyIsNull(change)) {
      return ChangeKind.ADD_UNIQUE_WITH_NEW;
    }
    return change.columns().size() == 1 ? ofColumn(change) : kind;
  }

  private void remember(SchemaChange change) {
    if (change.kind() == ChangeKind.CREATE_TABLE) {
      tables.add(change.object());
    } else if (change.kind() == ChangeKind.CREATE_TABLE_IF_MISSING) {
      perhapsNew.add(change.object());
    } else if (change.kind() == ChangeKind.ADD_COLUMN) {
      change.columns().forEach(name -> columns.put(key(change, name), new Column(true, false)));
    } else if (change.kind() == ChangeKind.ADD_COLUMN_WITH_DEFAULT) {
      change.columns().forEach(name -> columns.put(key(change, name), new Column(true, true)));
    }
  }

  /**
   * The final state of a new column counts: if it is required and has no default, it breaks older
   * versions.
   */
  private ChangeKind ofColumn(SchemaChange change) {
    String key = key(change, change.columns().get(0));
    Column column = columns.get(key);
    Column altered = column == null ? null : altered(column, change.kind());
    if (altered == null) {
      return change.kind();
    }
    columns.put(key, altered);
    return altered.nullable() || altered.hasDefault()
        ? ChangeKind.COMPLETE_NEW
        : ChangeKind.ADD_REQUIRED_COLUMN;
  }

  private static @Nullable Column altered(Column column, ChangeKind kind) {
    if (kind == ChangeKind.SET_NOT_NULL || kind == ChangeKind.DROP_NOT_NULL) {
      return new Column(kind == ChangeKind.DROP_NOT_NULL, column.hasDefault());
    }
    return kind == ChangeKind.SET_DEFAULT || kind == ChangeKind.DROP_DEFAULT
        ? new Column(column.nullable(), kind == ChangeKind.SET_DEFAULT)
        : null;
  }

  /**
   * A foreign key on a new object affects an older version only if that version deletes referenced
   * rows.
   */
  private ChangeKind reference(SchemaChange change, SchemaChange.Reference reference) {
    boolean inNew = tables.contains(change.object()) || anyIsNull(change);
    if (change.kind() == ChangeKind.ADD_FOREIGN_KEY && !inNew) {
      return ChangeKind.ADD_FOREIGN_KEY;
    }
    if (tables.contains(reference.table()) || reference.table().equals(change.object())) {
      return ChangeKind.COMPLETE_NEW;
    }
    return reference.yields() ? ChangeKind.REFERENCE_THAT_YIELDS : ChangeKind.REFERENCE_THAT_HOLDS;
  }

  private boolean areNew(SchemaChange change) {
    List<String> names = change.columns();
    return !names.isEmpty()
        && names.stream().allMatch(name -> columns.containsKey(key(change, name)));
  }

  private boolean anyIsNull(SchemaChange change) {
    return change.columns().stream()
        .map(name -> columns.get(key(change, name)))
        .anyMatch(column -> column != null && column.isNull());
  }

  private static String key(SchemaChange change, String column) {
    return change.object() + "." + column;
  }
}
