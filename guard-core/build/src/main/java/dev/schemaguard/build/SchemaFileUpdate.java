// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.structure.SchemaFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The updated content of a {@code schema.<dbms>.txt}, with its differences from the existing file.
 * Immutable.
 *
 * @param file where it is, or will be
 * @param before the existing text; null if there is no file
 * @param text the updated text
 * @param size the number of tables and views, and that of their columns, in words
 * @param changes the lines that differ
 * @param difference the lines that differ, below the lines of their tables
 * @param warnings what may be unexpected, in sentences
 */
public record SchemaFileUpdate(
    Path file,
    @Nullable String before,
    String text,
    String size,
    List<ChainChange> changes,
    List<String> difference,
    List<String> warnings)
    implements FileUpdate {

  /** Copies the lists. */
  public SchemaFileUpdate {
    changes = List.copyOf(changes);
    difference = List.copyOf(difference);
    warnings = List.copyOf(warnings);
  }

  /** Returns the update of a file to {@code after}, with the comments that people wrote. */
  static SchemaFileUpdate of(
      Path file,
      @Nullable String before,
      SchemaFile parsed,
      SchemaFile after,
      List<String> warnings) {
    SchemaFileDifference difference = new SchemaFileDifference(parsed, after);
    boolean current = before != null && difference.changes().isEmpty();
    String text = before != null && current ? before : text(before, after);
    return new SchemaFileUpdate(
        file, before, text, size(after), difference.changes(), difference.lines(), warnings);
  }

  private static String text(@Nullable String before, SchemaFile after) {
    String generated = after.text();
    if (before == null) {
      return generated;
    }
    String text = new SchemaFileComments(before, generated).in(generated);
    return before.contains("\r\n") ? text.replace("\n", "\r\n") : text;
  }

  @Override
  public boolean isCurrent() {
    return before != null && changes.isEmpty();
  }

  private static String size(SchemaFile schema) {
    int tables = schema.tables().size();
    int columns = schema.columnCount();
    return tables
        + (tables == 1 ? " table, " : " tables, ")
        + columns
        + (columns == 1 ? " column" : " columns");
  }

  @Override
  public void writeTo(Path path) {
    if (!isCurrent()) {
      new TextFile(path).write(text);
    }
  }
}
