// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table or view.
 *
 * @param schema its schema; null means the schema of the history, and on a database without schemas
 *     the database
 * @param name the name, as the catalog has it
 */
public record TableName(@Nullable String schema, String name) implements Comparable<TableName> {

  /** The order of names, by their schemas first. */
  record Order(Comparator<String> texts) implements Comparator<TableName> {
    @Override
    public int compare(TableName first, TableName second) {
      int schemas = texts.compare(first.schemaOrEmpty(), second.schemaOrEmpty());
      return schemas == 0 ? texts.compare(first.name, second.name) : schemas;
    }
  }

  private String schemaOrEmpty() {
    return schema == null ? "" : schema;
  }

  /** Returns the name in {@code current} if it has no schema of its own, else itself. */
  TableName in(@Nullable String current) {
    return schema == null && current != null ? new TableName(current, name) : this;
  }

  @Override
  public int compareTo(TableName other) {
    int schemas = schemaOrEmpty().compareTo(other.schemaOrEmpty());
    return schemas == 0 ? name.compareTo(other.name) : schemas;
  }

  /** Returns the name as the schema file spells it. */
  @Override
  public String toString() {
    return schema == null ? Name.spell(name) : Name.spell(schema) + "." + Name.spell(name);
  }
}
