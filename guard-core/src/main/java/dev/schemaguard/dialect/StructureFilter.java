// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The condition that a row of a catalog is of a table to read.
 *
 * @param schemaColumn the column with the schema
 * @param tableColumn the column with the table
 * @param schemas the schemas to read; if there is none, the column is compared with {@code current}
 * @param tables the tables to read; null means all
 * @param current the expression for the current schema of a product without schemas
 */
record StructureFilter(
    String schemaColumn,
    String tableColumn,
    Collection<String> schemas,
    @Nullable Collection<String> tables,
    String current) {

  /** Creates the condition for a product with schemas. */
  StructureFilter(
      String schemaColumn,
      String tableColumn,
      Collection<String> schemas,
      @Nullable Collection<String> tables) {
    this(schemaColumn, tableColumn, schemas, tables, "NULL");
  }

  /** Returns the condition, with a placeholder for each name. */
  String sql() {
    String ofSchema =
        schemas.isEmpty()
            ? schemaColumn + " = " + current
            : schemaColumn + " IN " + placeholders(schemas);
    Collection<String> names = tables;
    if (names == null) {
      return ofSchema;
    }
    return names.isEmpty()
        ? "1 = 0"
        : ofSchema + " AND " + tableColumn + " IN " + placeholders(names);
  }

  private static String placeholders(Collection<String> values) {
    return "(?" + ", ?".repeat(values.size() - 1) + ")";
  }

  /** Returns the values of the placeholders. */
  List<String> parameters() {
    List<String> parameters = new ArrayList<>();
    addTo(parameters);
    return parameters;
  }

  /** Returns the values of this condition's placeholders and then of those of another one. */
  List<String> parametersAnd(StructureFilter next) {
    List<String> parameters = parameters();
    next.addTo(parameters);
    return parameters;
  }

  private void addTo(List<String> parameters) {
    Collection<String> names = tables;
    if (names == null) {
      parameters.addAll(schemas);
    } else if (!names.isEmpty()) {
      parameters.addAll(schemas);
      parameters.addAll(names);
    }
  }
}
