// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import dev.schemaguard.structure.SchemaFile.FileColumn;
import dev.schemaguard.structure.SchemaFile.FileKey;
import dev.schemaguard.structure.SchemaFile.FileTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a version needs with what a database has. A pure function. Additional tables and
 * columns, wider types and columns that became optional make no difference. Used once.
 */
public final class StructureComparison {

  private final ColumnTypes types;
  private final Predicate<String> pending;
  private final boolean anyPending;
  private final List<String> missing = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();
  private final List<String> newlyRequired = new ArrayList<>();
  private final Set<String> since = new LinkedHashSet<>();

  private StructureComparison(String dbms, Predicate<String> pending, boolean anyPending) {
    this.types = ColumnTypes.of(dbms);
    this.pending = pending;
    this.anyPending = anyPending;
  }

  /**
   * Returns what is missing, changed or newly required.
   *
   * @param dbms Liquibase's short name of the database product
   * @param pending whether a revision that a line names by {@code since=} is pending
   * @param anyPending whether any revision is pending; a pending one may drop a column that every
   *     INSERT has to name until then, so additional columns then make no difference
   * @param schema the schema of the history; null on a database without schemas
   */
  public static StructureDifference of(
      SchemaFile file,
      DatabaseStructure database,
      String dbms,
      Predicate<String> pending,
      boolean anyPending,
      @Nullable String schema) {
    StructureComparison comparison = new StructureComparison(dbms, pending, anyPending);
    for (FileTable table : file.tables()) {
      if (!table.attributes().unused() && !comparison.isPending(table.attributes())) {
        comparison.compare(table, database.tables().get(table.name().in(schema)));
      }
    }
    return new StructureDifference(
        comparison.missing,
        comparison.changed,
        comparison.newlyRequired,
        List.copyOf(comparison.since));
  }

  private void addSince(LineAttributes attributes) {
    String revision = attributes.since();
    if (revision != null) {
      since.add(revision);
    }
  }

  private boolean isPending(LineAttributes attributes) {
    String since = attributes.since();
    return since != null && pending.test(since);
  }

  private void compare(FileTable expected, @Nullable Table actual) {
    if (actual == null) {
      missing.add(expected.line());
      addSince(expected.attributes());
      return;
    }
    boolean writable = expected.view() || !actual.takesNoInsert();
    if (!writable) {
      changed.add(expected.line() + ": a view that takes no INSERT");
    }
    for (FileColumn each : expected.columns()) {
      if (!each.attributes().unused()) {
        compare(expected, each, actual, writable);
      }
    }
    // A view that took the place of a table has its columns, but no keys of its own.
    if (!actual.view()) {
      for (FileKey each : expected.keys()) {
        LineAttributes attributes = each.attributes();
        if (!attributes.unused() && !isPending(attributes) && !actual.hasKey(each.key())) {
          missing.add(expected.name() + " " + each.key());
          addSince(attributes);
        }
      }
    }
    if (!expected.view() && !anyPending) {
      requireNothingElse(expected, actual);
    }
  }

  private void compare(FileTable table, FileColumn expected, Table actualTable, boolean writable) {
    Column actual = actualTable.columns().get(expected.column().name());
    boolean isPending = isPending(expected.attributes());
    String was = expected.attributes().was();
    if (actual == null) {
      if (!isPending || was != null) {
        missing.add(place(table, expected.column().name()));
        addSince(expected.attributes());
      }
      return;
    }
    if (isPending
        && (was == null || fits(former(was, expected.column().name()), actual, actualTable))) {
      return;
    }
    Column column = expected.column();
    if (fits(column, actual, actualTable)) {
      if (writable
          && !table.view()
          && column.filling().acceptsValues()
          && actualTable.readOnly().contains(column.name())) {
        changed.add(place(table, column.name()) + ": the view takes no value for it");
      }
      return;
    }
    addSince(expected.attributes());
    if (actual.isRequired() && !column.isRequired()) {
      newlyRequired.add(place(table, column.name()));
    } else {
      changed.add(
          place(table, column.name())
              + ": "
              + actual.definition()
              + ", not "
              + column.definition());
    }
  }

  private static Column former(String was, String name) {
    String start = Name.spell(name) + " ";
    return Column.of(name, was.startsWith(start) ? was.substring(start.length()) : was);
  }

  private boolean fits(Column expected, Column actual, Table actualTable) {
    boolean takesValues =
        actual.filling().acceptsValues() || actual.filling() == expected.filling();
    boolean stillComputed =
        expected.filling() != Filling.GENERATED
            || actual.filling() == Filling.GENERATED
            || actualTable.view();
    boolean required = actual.isRequired() && !expected.isRequired();
    return takesValues && stillComputed && !required && types.fits(expected.type(), actual.type());
  }

  /** Adds the columns that this version does not know and that every INSERT has to name. */
  private void requireNothingElse(FileTable expected, Table actual) {
    SortedMap<String, Column> additional = new TreeMap<>(actual.columns());
    for (FileColumn each : expected.columns()) {
      additional.remove(each.column().name());
    }
    for (Column column : additional.values()) {
      if (column.isRequired()) {
        newlyRequired.add(place(expected, column.name()));
      }
    }
  }

  private static String place(FileTable table, String column) {
    return table.name() + "." + Name.spell(column);
  }
}
