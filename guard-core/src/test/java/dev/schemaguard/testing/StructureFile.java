// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LineAttributes;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.SchemaFile.FileColumn;
import dev.schemaguard.structure.SchemaFile.FileKey;
import dev.schemaguard.structure.SchemaFile.FileTable;
import dev.schemaguard.structure.TableName;
import java.util.List;
import java.util.stream.Collectors;

/** The schema file of a database, read back from its text. */
public final class StructureFile {

  private StructureFile() {}

  /** The file that needs everything that a catalog shows, with unqualified names. */
  public static SchemaFile of(DatabaseStructure structure) {
    List<FileTable> tables =
        structure.sorted().stream()
            .map(
                table ->
                    new FileTable(
                        new TableName(null, table.name().name()),
                        table.view(),
                        LineAttributes.NONE,
                        table.columns().values().stream()
                            .map(column -> new FileColumn(column, LineAttributes.NONE))
                            .toList(),
                        table.sortedKeys().stream()
                            .map(key -> new FileKey(key, LineAttributes.NONE))
                            .toList()))
            .toList();
    String text = new SchemaFile("test", List.of(), tables).text();
    return SchemaFile.parse(text, "schema.test.txt");
  }

  /** The lines of a file below its comment, without empty ones. */
  public static String lines(SchemaFile file) {
    return file.text()
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .collect(Collectors.joining("\n"));
  }
}
