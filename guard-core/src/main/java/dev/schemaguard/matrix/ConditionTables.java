// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import dev.schemaguard.text.InvisibleCharacters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a document with the columns <em>Revision</em> and <em>Requires</em>: what must hold
 * before a revision is applied. Immutable.
 *
 * <p>They are parsed when a preflight or {@code verify} asks for them, so that an error in one of
 * them stops no application.
 */
final class ConditionTables {

  private static final String REVISION = "revision";
  private static final String REQUIRES = "requires";

  private final List<MarkdownTable> tables;
  private final List<MarkdownLines.Line> outside;

  private ConditionTables(List<MarkdownTable> tables, List<MarkdownLines.Line> outside) {
    this.tables = tables;
    this.outside = outside;
  }

  /** Returns the tables of a document that have, or seem to have, a column for conditions. */
  static @Nullable ConditionTables of(List<MarkdownLines.Line> lines, List<MarkdownTable> tables) {
    List<MarkdownTable> found = new ArrayList<>();
    List<MarkdownLines.Line> outside = new ArrayList<>();
    for (MarkdownTable table : tables) {
      if (SchemaHeaders.mayHoldConditions(table)) {
        found.add(table);
      }
    }
    if (found.isEmpty()) {
      return null;
    }
    int next = 0;
    int last = 0;
    for (MarkdownLines.Line line : lines) {
      if (next < tables.size() && tables.get(next).line() == line.number()) {
        last = tables.get(next++).lastLine();
      }
      if (line.number() > last && MarkdownTable.hasPipe(line)) {
        outside.add(line);
      }
    }
    return new ConditionTables(found, outside);
  }

  /**
   * Returns the conditions, in the document's order.
   *
   * @param origin where the document comes from, for messages
   * @param errors receives each error; a row with an error is left out
   */
  List<Revision.Condition> read(
      String origin, @Nullable RevisionChain chain, Consumer<ConfigurationException> errors) {
    Map<String, Revision.Condition> conditions = new LinkedHashMap<>();
    for (MarkdownTable table : tables) {
      try {
        readRows(table, origin, chain, conditions, errors);
      } catch (ConfigurationException e) {
        errors.accept(e);
      }
    }
    for (MarkdownLines.Line line : outside) {
      if (ConditionCell.holdsQuery(line.text())) {
        errors.accept(
            new ConfigurationException(
                origin + ":" + line.number(),
                "'" + line.text().strip() + "' looks like a condition but belongs to no table",
                "A blank line ends a table: remove it, or write the header and a delimiter row"
                    + " above."));
      }
    }
    return List.copyOf(conditions.values());
  }

  private static void readRows(
      MarkdownTable table,
      String origin,
      @Nullable RevisionChain chain,
      Map<String, Revision.Condition> conditions,
      Consumer<ConfigurationException> errors) {
    int revision = column(table, REVISION, origin);
    int requires = column(table, REQUIRES, origin);
    if (revision < 0 || requires < 0) {
      requireNoQuery(table, origin);
      return;
    }
    for (MarkdownTable.Row row : table.rows()) {
      String where = origin + ":" + row.line();
      try {
        List<String> raw = MarkdownTable.written(row.text());
        requireCells(row, table, where);
        Revision.Condition read =
            ConditionCell.condition(
                resolved(row.cells().get(revision), where, chain), raw.get(requires), where);
        Revision.Condition first = conditions.putIfAbsent(read.revision(), read);
        if (first != null) {
          throw new ConfigurationException(
              where,
              "'" + row.cells().get(revision) + "' has a condition already, at " + first.where(),
              "Write one row for each revision; join two queries with AND.");
        }
      } catch (ConfigurationException e) {
        errors.accept(e);
      }
    }
  }

  private static void requireCells(MarkdownTable.Row row, MarkdownTable table, String where) {
    if (row.cells().size() != table.headers().size()) {
      throw new ConfigurationException(
          where,
          "the row has " + row.cells().size() + " cell(s), the header " + table.headers().size(),
          "Give every row the header's cells; end the table with a blank line; write \\| for a"
              + " pipe inside a cell, also inside a query.");
    }
    if (InvisibleCharacters.isIn(row.text())) {
      throw new ConfigurationException(
          where,
          "'" + row.text().strip() + "' holds an invisible character",
          "Type the row anew instead of pasting it.");
    }
  }

  private static Revision resolved(String name, String where, @Nullable RevisionChain chain) {
    if (name.isEmpty()) {
      throw new ConfigurationException(
          where, "the row names no revision", "Name the revision that has to wait.");
    }
    if (chain == null) {
      throw new ConfigurationException(
          where,
          "without a chain it is unknown which revision '" + name + "' is",
          "Bundle the chain, schema-guard/revisions.txt, or name it.");
    }
    return chain.resolve(name, where);
  }

  private static int column(MarkdownTable table, String name, String origin) {
    int first = table.headers().indexOf(name);
    if (first != table.headers().lastIndexOf(name)) {
      throw new ConfigurationException(
          origin + ":" + table.line(),
          "two columns are called '" + table.titles().get(first) + "'",
          "Keep one of them.");
    }
    return first;
  }

  /** Refuses a table whose queries would be ignored because of its headers. */
  private static void requireNoQuery(MarkdownTable table, String origin) {
    for (MarkdownTable.Row row : table.rows()) {
      if (ConditionCell.holdsQuery(row.text())) {
        throw new ConfigurationException(
            origin + ":" + table.line(),
            "the table has a query but not the columns Revision and Requires, so it would be"
                + " ignored",
            "Name the columns Revision and Requires exactly.");
      }
    }
  }
}
