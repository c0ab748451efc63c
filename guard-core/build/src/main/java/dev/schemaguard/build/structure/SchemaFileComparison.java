// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.structure;

import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LetterCase;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.SchemaFile.FileColumn;
import dev.schemaguard.structure.SchemaFile.FileKey;
import dev.schemaguard.structure.SchemaFile.FileTable;
import dev.schemaguard.structure.StructureComparison;
import dev.schemaguard.structure.StructureDifference;
import dev.schemaguard.structure.Table;
import dev.schemaguard.structure.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of comparing what an old version needs with what the database of a new version has, by
 * the schema files of both. Immutable.
 *
 * @param old the schema file of the old version
 * @param difference what the new version's database lacks
 * @param notes what is not known, in sentences
 */
public record SchemaFileComparison(
    SchemaFile old, StructureDifference difference, List<String> notes) {

  /** Copies the list. */
  public SchemaFileComparison {
    notes = List.copyOf(notes);
  }

  /**
   * Compares two schema files of one product. Lines of the new file that are unused are in the
   * database; those of the old file are not needed.
   *
   * @param dbms Liquibase's short name of the database product
   */
  public static SchemaFileComparison of(SchemaFile old, SchemaFile next, String dbms) {
    DatabaseStructure database = structure(next, dbms);
    StructureDifference difference =
        StructureComparison.of(old, database, dbms, since -> false, false, null);
    List<TableName> absent = new ArrayList<>();
    for (FileTable table : old.tables()) {
      if (!table.attributes().unused() && !database.tables().containsKey(table.name())) {
        absent.add(table.name());
      }
    }
    List<String> notes = new ArrayList<>();
    for (TableName table : new LeftOut(next.leftOut()).matches(absent)) {
      notes.add(next.origin() + " leaves out " + table + ", so it is unknown whether it exists");
    }
    return new SchemaFileComparison(old, difference, notes);
  }

  private static DatabaseStructure structure(SchemaFile file, String dbms) {
    DatabaseStructure.Builder structure = new DatabaseStructure.Builder(LetterCase.of(dbms));
    for (FileTable each : file.tables()) {
      TableName name = each.name();
      Table.Builder table = structure.table(name.schema(), name.name(), each.view());
      for (FileColumn column : each.columns()) {
        table.add(column.column());
      }
      for (FileKey key : each.keys()) {
        for (String column : key.key().columns()) {
          table.addToKey(key.key().toString(), column);
        }
      }
    }
    return structure.build();
  }

  /** Returns whether nothing is missing, changed or newly required. */
  public boolean isIntact() {
    return difference.isEmpty();
  }

  /** Returns the number of tables and columns that the old version needs, in words. */
  public String size() {
    int tables = 0;
    int columns = 0;
    for (FileTable table : old.tables()) {
      if (!table.attributes().unused()) {
        tables++;
        for (FileColumn column : table.columns()) {
          columns += column.attributes().unused() ? 0 : 1;
        }
      }
    }
    return tables
        + (tables == 1 ? " table, " : " tables, ")
        + columns
        + (columns == 1 ? " column" : " columns");
  }
}
