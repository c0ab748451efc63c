// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schema file, {@code schema-guard/schema.<dbms>.txt}: the tables and columns that this version
 * of the application finds at its head. Immutable.
 *
 * @param origin where it comes from, for messages
 * @param since the revision that a database must have to be compared with lines without {@code
 *     since=}, as a reference to a line of the chain: the head when the file was first written;
 *     null if the file does not state it
 * @param leftOut patterns of the tables that are not this application's
 * @param tables in the order of the file
 */
public record SchemaFile(
    String origin, @Nullable String since, List<String> leftOut, List<FileTable> tables) {

  /** Copies the lists. */
  public SchemaFile {
    leftOut = List.copyOf(leftOut);
    tables = List.copyOf(tables);
  }

  /** Creates a file that does not state a revision. */
  public SchemaFile(String origin, List<String> leftOut, List<FileTable> tables) {
    this(origin, null, leftOut, tables);
  }

  /**
   * A table or view of the file.
   *
   * @param view whether it is a view
   * @param attributes the attributes of its own line
   */
  public record FileTable(
      TableName name,
      boolean view,
      LineAttributes attributes,
      List<FileColumn> columns,
      List<FileKey> keys) {

    /** Copies the lists. */
    public FileTable {
      columns = List.copyOf(columns);
      keys = List.copyOf(keys);
    }

    /** Returns its line, without attributes. */
    public String line() {
      return (view ? "view " : "table ") + name;
    }
  }

  /** A column with the attributes of its line. */
  public record FileColumn(Column column, LineAttributes attributes) {

    /**
     * Returns the column before the revision that its line names by {@code since=}; null if that
     * revision added it, or if the line names none.
     */
    public @Nullable Column former() {
      String was = attributes.was();
      if (was == null) {
        return null;
      }
      String start = Name.spell(column.name()) + " ";
      return Column.of(column.name(), was.startsWith(start) ? was.substring(start.length()) : was);
    }
  }

  /** A key with the attributes of its line. */
  public record FileKey(Key key, LineAttributes attributes) {}

  /**
   * Returns the schema file that a text spells.
   *
   * @param text the content of a {@code schema.<dbms>.txt}
   * @param origin where the text comes from, for error messages
   * @throws ConfigurationException for a line that is neither a table, a view, a column nor a key,
   *     for a duplicate, and for an unknown attribute
   */
  public static SchemaFile parse(String text, String origin) {
    return new SchemaFileParser(origin).parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  /** Returns the number of columns, those of tables and views that are unused included. */
  public int columnCount() {
    int count = 0;
    for (FileTable table : tables) {
      count += table.columns().size();
    }
    return count;
  }

  /** Returns the text of the file. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER);
    if (since != null) {
      text.append("since ").append(since).append('\n');
    }
    for (String pattern : leftOut) {
      text.append("leave-out ").append(pattern).append('\n');
    }
    for (FileTable table : tables) {
      text.append('\n').append(table.line()).append(table.attributes()).append('\n');
      for (FileColumn each : table.columns()) {
        text.append("  ").append(each.column()).append(each.attributes()).append('\n');
      }
      for (FileKey each : table.keys()) {
        text.append("  ").append(each.key()).append(each.attributes()).append('\n');
      }
    }
    return text.toString();
  }

  private static final String HEADER =
      """
      # The tables that this version of the application finds in a database that has all of its migrations.
      # Generated; commit it. Write unused after a tab on a line that this version no longer reads or writes.
      """;
}
