// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.ChainChange.Kind;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.SchemaFile.FileTable;
import dev.schemaguard.structure.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The differences between two schema files, table by table. */
final class SchemaFileDifference {

  private static final String INDENT = "  ";

  private final List<ChainChange> changes = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  SchemaFileDifference(SchemaFile before, SchemaFile after) {
    compare(head(before), head(after), "");
    Map<TableName, FileTable> old = byName(before);
    Map<TableName, FileTable> now = byName(after);
    TreeMap<TableName, FileTable> all = new TreeMap<>(old);
    all.putAll(now);
    all.keySet().forEach(name -> compare(old.get(name), now.get(name)));
  }

  /** Returns the lines that differ. */
  List<ChainChange> changes() {
    return List.copyOf(changes);
  }

  /**
   * Returns the lines that differ as a reader reads them: with {@code -} or {@code +}, below the
   * line of their table.
   */
  List<String> lines() {
    return List.copyOf(lines);
  }

  private void compare(@Nullable FileTable before, @Nullable FileTable after) {
    int start = lines.size();
    String old = before == null ? null : before.line() + before.attributes();
    String now = after == null ? null : after.line() + after.attributes();
    String name = Objects.requireNonNull(after == null ? before : after).name().toString();
    add(name, old, now, "");
    boolean isShown = lines.size() > start;
    compare(content(before), content(after), INDENT);
    if (!isShown && lines.size() > start) {
      lines.add(start, INDENT + now);
    }
  }

  private void compare(Map<String, String> before, Map<String, String> after, String indent) {
    Map<String, String> all = new LinkedHashMap<>(before);
    all.putAll(after);
    all.keySet().forEach(name -> add(name, before.get(name), after.get(name), indent));
  }

  private void add(String name, @Nullable String before, @Nullable String after, String indent) {
    if (Objects.equals(before, after)) {
      return;
    }
    Kind kind = before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
    changes.add(new ChainChange(kind, name, before, after));
    if (before != null) {
      lines.add("- " + indent + before);
    }
    if (after != null) {
      lines.add("+ " + indent + after);
    }
  }

  /** Returns the lines before the tables. */
  private static Map<String, String> head(SchemaFile file) {
    Map<String, String> lines = new LinkedHashMap<>();
    if (file.since() != null) {
      lines.put("since", "since " + file.since());
    }
    for (String pattern : file.leftOut()) {
      lines.put("leave-out " + pattern, "leave-out " + pattern);
    }
    return lines;
  }

  /** Returns the lines of columns and keys, by the column's name or the key. */
  private static Map<String, String> content(@Nullable FileTable table) {
    Map<String, String> lines = new LinkedHashMap<>();
    if (table != null) {
      table
          .columns()
          .forEach(
              each ->
                  lines.put(
                      "column " + each.column().name(),
                      each.column().toString() + each.attributes()));
      table
          .keys()
          .forEach(
              each -> lines.put(each.key().toString(), each.key().toString() + each.attributes()));
    }
    return lines;
  }

  private static Map<TableName, FileTable> byName(SchemaFile file) {
    Map<TableName, FileTable> byName = new LinkedHashMap<>();
    file.tables().forEach(table -> byName.put(table.name(), table));
    return byName;
  }
}
