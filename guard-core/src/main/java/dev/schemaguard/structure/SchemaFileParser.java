// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.structure.SchemaFile.FileColumn;
import dev.schemaguard.structure.SchemaFile.FileKey;
import dev.schemaguard.structure.SchemaFile.FileTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a schema file. Used once. */
final class SchemaFileParser {

  private final String origin;
  private @Nullable String since;
  private final List<String> leftOut = new ArrayList<>();
  private final List<FileTable> tables = new ArrayList<>();
  private final Set<Object> seen = new HashSet<>();
  private @Nullable FileTable open;
  private List<FileColumn> columns = new ArrayList<>();
  private List<FileKey> keys = new ArrayList<>();
  private int number;

  SchemaFileParser(String origin) {
    this.origin = origin;
  }

  SchemaFile parse(String text) {
    for (String line : text.lines().toList()) {
      number++;
      String stripped = line.strip();
      if (!stripped.isEmpty() && stripped.charAt(0) != '#') {
        add(stripped);
      }
    }
    close();
    return new SchemaFile(origin, since, leftOut, tables);
  }

  private void add(String line) {
    int tab = line.indexOf('\t');
    String body = (tab < 0 ? line : line.substring(0, tab)).strip();
    LineAttributes attributes =
        tab < 0 ? LineAttributes.NONE : attributes(line.substring(tab + 1).split("\t", -1));
    if (body.startsWith("leave-out ")) {
      leftOut.add(body.substring(body.indexOf(' ') + 1).strip());
    } else if (open == null && tables.isEmpty() && body.startsWith("since ") && since == null) {
      since = body.substring(body.indexOf(' ') + 1).strip();
    } else if (body.startsWith("table ") || body.startsWith("view ")) {
      open(body, attributes);
    } else if (body.startsWith("key ")) {
      keys.add(new FileKey(key(body), attributes));
    } else {
      columns.add(new FileColumn(column(body), attributes));
    }
  }

  private void open(String body, LineAttributes attributes) {
    close();
    boolean view = body.startsWith("view ");
    TableName name = NameReader.tableName(body.substring(body.indexOf(' ') + 1).strip(), this);
    requireNew(name, "the table " + name);
    open = new FileTable(name, view, attributes, List.of(), List.of());
  }

  private void close() {
    FileTable table = open;
    if (table != null) {
      tables.add(new FileTable(table.name(), table.view(), table.attributes(), columns, keys));
      columns = new ArrayList<>();
      keys = new ArrayList<>();
      open = null;
    }
  }

  private Column column(String body) {
    NameReader reader = new NameReader(body, this);
    String name = reader.next();
    Column column = Column.of(name, reader.rest());
    if (column.type().isEmpty()) {
      throw error(
          "'" + body + "' is neither a table, a view, a key nor a column with its type",
          "Generate the file again, or write a line such as 'id bigint not null'.");
    }
    requireNew(List.of(table().name(), name), "the column " + table().name() + "." + name);
    return column;
  }

  private Key key(String body) {
    Key key = new Key(NameReader.list(body.substring("key ".length()).strip(), this));
    requireNew(List.of(table().name(), key), "the " + key + " of " + table().name());
    return key;
  }

  private FileTable table() {
    FileTable table = open;
    if (table == null) {
      throw error("no table precedes this line", "Write the table's line before its columns.");
    }
    return table;
  }

  private void requireNew(Object line, String words) {
    if (!seen.add(line)) {
      throw error(words + " is there twice", "Keep one of the two lines.");
    }
  }

  private LineAttributes attributes(String[] written) {
    String since = null;
    String was = null;
    boolean unused = false;
    for (String each : written) {
      String attribute = each.strip();
      if (attribute.startsWith("since=") && since == null) {
        since = value(attribute);
      } else if (attribute.startsWith("was=") && was == null) {
        was = value(attribute);
      } else if (attribute.equals("unused") && !unused) {
        unused = true;
      } else {
        throw error(
            "'" + attribute + "' is not an attribute of a line, or is given twice",
            "The attributes are since=, was= and unused, separated by tabs.");
      }
    }
    if (was != null && since == null) {
      throw error(
          "'was' without 'since'", "Write since=REVISION, the revision that changed the line.");
    }
    return new LineAttributes(since, was, unused);
  }

  private String value(String attribute) {
    String value = attribute.substring(attribute.indexOf('=') + 1).strip();
    if (value.isEmpty()) {
      throw error("'" + attribute + "' has no value", "Write a value, or leave it out.");
    }
    return value;
  }

  /** Returns the error of the current line. */
  ConfigurationException error(String what, String action) {
    return new ConfigurationException(origin + ":" + number, what, action);
  }
}
