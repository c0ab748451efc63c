// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.structure;

import dev.schemaguard.structure.Column;
import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LetterCase;
import dev.schemaguard.structure.LineAttributes;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.SchemaFile.FileColumn;
import dev.schemaguard.structure.SchemaFile.FileTable;
import dev.schemaguard.structure.StructureComparison;
import dev.schemaguard.structure.TableName;
import java.util.List;

/**
 * A column whose line in the schema file no longer is what the database has.
 *
 * <p>{@code was=} must be a form that every database has which lacks the head, or is narrower than
 * what it has. A line that changes for the second time keeps the older form if the form in between
 * fits in its place as well. Otherwise, and if the line was added before it was changed, no single
 * form holds for all of these databases; the line then has no {@code was=}, and is not compared as
 * long as the head is pending.
 *
 * @param dbms Liquibase's short name of the database product
 * @param head the chain's head, as {@code since=} refers to it
 * @param before the line of the file
 */
record ChangedColumn(String dbms, String head, FileColumn before) {

  /** Returns the attributes of the line that now has another form. */
  LineAttributes attributes(Column now) {
    String since = before.attributes().since();
    String was = before.attributes().was();
    boolean unused = before.attributes().unused();
    if (since == null) {
      return new LineAttributes(head, before.column().toString(), unused);
    }
    if (was == null) {
      return new LineAttributes(head, null, unused);
    }
    if (since.equals(head)) {
      boolean restored = was.equals(now.toString());
      return new LineAttributes(restored ? null : head, restored ? null : was, unused);
    }
    return new LineAttributes(head, fits(was) ? was : null, unused);
  }

  /** Returns whether the form before this change can be used in place of an older one. */
  private boolean fits(String older) {
    String name = new TableName(null, before.column().name()).toString();
    if (!older.startsWith(name + " ")) {
      return false;
    }
    DatabaseStructure.Builder database = new DatabaseStructure.Builder(LetterCase.of(dbms));
    database.table(null, "t", false).add(before.column());
    FileTable table = SchemaFile.parse("table t\n  " + older, "was=").tables().get(0);
    SchemaFile file = new SchemaFile("was=", List.of(), List.of(table));
    return StructureComparison.of(file, database.build(), dbms, since -> false, true, null)
        .isEmpty();
  }
}
