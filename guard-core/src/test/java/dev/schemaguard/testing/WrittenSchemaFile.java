// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.structure.Column;
import dev.schemaguard.structure.Key;
import dev.schemaguard.structure.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A schema file that is written while a database is migrated, revision by revision, as releases do
 * that keep theirs current.
 */
public final class WrittenSchemaFile {

  private static final String OF_THE_TOOL = "databasechangelog";

  private final TestDatabase database;
  private final Map<String, String> definitions = new TreeMap<>();
  private final Map<String, String> attributes = new TreeMap<>();

  /** A file of {@code database}, a copy that nobody else uses. */
  public WrittenSchemaFile(TestDatabase database) {
    this.database = database;
  }

  /**
   * Brings the file to what the database has now.
   *
   * @param since the revision that was applied; null: the file is written for the first time
   */
  public WrittenSchemaFile update(String since) throws SQLException {
    Map<String, String> now = lines();
    definitions.keySet().retainAll(now.keySet());
    attributes.keySet().retainAll(now.keySet());
    now.forEach(
        (name, line) -> {
          String before = definitions.put(name, line);
          if (since != null && !line.equals(before)) {
            attributes.put(
                name, "\tsince=" + since + (before == null ? "" : "\twas=" + before.strip()));
          }
        });
    return this;
  }

  /** The lines by what they are about, in the order of the file. */
  private Map<String, String> lines() throws SQLException {
    Map<String, String> lines = new TreeMap<>();
    try (Connection connection = database.dataSource().getConnection()) {
      DatabaseSession session = new DatabaseSession(connection);
      for (Table table :
          session
              .dialect()
              .structure()
              .orElseThrow()
              .read(session, List.of(session.currentSchema()), null)
              .sorted()) {
        String name = table.name().name();
        if (!name.startsWith(OF_THE_TOOL)) {
          lines.put(name, (table.view() ? "view " : "table ") + name);
          for (Column column : table.columns().values()) {
            lines.put(name + " 1 " + column.name(), "  " + column);
          }
          for (Key key : table.sortedKeys()) {
            lines.put(name + " 2 " + key, "  " + key);
          }
        }
      }
    }
    return lines;
  }

  /** The text of the file. */
  public String text() {
    StringBuilder text = new StringBuilder();
    definitions.forEach(
        (name, line) -> text.append(line).append(attributes.getOrDefault(name, "")).append('\n'));
    return text.toString();
  }
}
