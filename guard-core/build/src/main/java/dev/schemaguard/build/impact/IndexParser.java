// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import net.sf.jsqlparser.statement.create.index.CreateIndex;

/**
 * Reads a {@code CREATE INDEX}.
 *
 * @param text the statement as written
 */
record IndexParser(CreateIndex create, String text) {

  SchemaChange change() {
    String type = Objects.requireNonNullElse(create.getIndex().getType(), "");
    List<String> columns =
        create.getIndex().getColumnsNames().stream().map(IndexParser::withoutOrder).toList();
    List<String> tail = Objects.requireNonNullElse(create.getTailParameters(), List.of());
    ChangeKind kind =
        !tail.isEmpty()
            ? ChangeKind.OTHER
            : type.toUpperCase(Locale.ROOT).contains("UNIQUE")
                ? ChangeKind.ADD_UNIQUE
                : columns.stream().anyMatch(IndexParser::isExpression)
                    ? ChangeKind.INDEX_EXPRESSION
                    : ChangeKind.CREATE_INDEX;
    return kind == ChangeKind.OTHER
        ? SchemaChange.of(kind, SqlScript.shown(text))
        : SchemaChange.of(kind, create.getTable().getFullyQualifiedName(), columns);
  }

  private static String withoutOrder(String column) {
    return column.replaceFirst("(?i)(?:\\s+(?:asc|desc))?(?:\\s+nulls\\s+(?:first|last))?$", "");
  }

  /**
   * Returns whether the text is neither a name nor a column with a prefix length, as MySQL writes
   * it.
   */
  private static boolean isExpression(String column) {
    return column.indexOf('(') >= 0 && !column.matches("[\\w`\"]+\\s*\\(\\d+\\)");
  }
}
