// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import dev.schemaguard.structure.Column;
import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LetterCase;
import dev.schemaguard.structure.LineAttributes;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.SchemaFile.FileColumn;
import dev.schemaguard.structure.SchemaFile.FileKey;
import dev.schemaguard.structure.SchemaFile.FileTable;
import dev.schemaguard.structure.Table;
import java.util.function.Predicate;

/** The tables of a new version's schema file before all of its revisions are applied. */
final class SchemaFileState {

  private SchemaFileState() {}

  /**
   * Returns the tables as they are while some revisions are pending. What such a revision brings is
   * not there yet, and what it changes has its former form. What was dropped is not known to the
   * file, so it is not there.
   *
   * @param pending whether a revision that a line names by {@code since=} is pending
   */
  static DatabaseStructure of(SchemaFile file, String dbms, Predicate<String> pending) {
    DatabaseStructure.Builder structure = new DatabaseStructure.Builder(LetterCase.of(dbms));
    for (FileTable each : file.tables()) {
      if (isPending(each.attributes(), pending)) {
        continue;
      }
      Table.Builder table = structure.table(each.name().schema(), each.name().name(), each.view());
      for (FileColumn column : each.columns()) {
        Column former = column.former();
        if (!isPending(column.attributes(), pending)) {
          table.add(column.column());
        } else if (former != null) {
          table.add(former);
        }
      }
      for (FileKey key : each.keys()) {
        if (!isPending(key.attributes(), pending)) {
          for (String column : key.key().columns()) {
            table.addToKey(key.key().toString(), column);
          }
        }
      }
    }
    return structure.build();
  }

  private static boolean isPending(LineAttributes attributes, Predicate<String> pending) {
    String since = attributes.since();
    return since != null && pending.test(since);
  }
}
