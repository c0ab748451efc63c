// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.alter.AlterType;
import net.sf.jsqlparser.statement.alter.RenameTableStatement;
import net.sf.jsqlparser.statement.comment.Comment;
import net.sf.jsqlparser.statement.create.function.CreateFunction;
import net.sf.jsqlparser.statement.create.index.CreateIndex;
import net.sf.jsqlparser.statement.create.procedure.CreateProcedure;
import net.sf.jsqlparser.statement.create.schema.CreateSchema;
import net.sf.jsqlparser.statement.create.sequence.CreateSequence;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.create.view.CreateView;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.grant.Grant;
import net.sf.jsqlparser.statement.grant.Revoke;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.truncate.Truncate;
import net.sf.jsqlparser.statement.update.Update;

/** An SQL statement as understood by the parser. */
final class ParsedStatement {

  /** A longer statement is data, which would take the parser minutes. */
  private static final int LONGEST = 100_000;

  private final String text;
  private final Statement statement;

  private ParsedStatement(String text, Statement statement) {
    this.text = text;
    this.statement = statement;
  }

  static List<SchemaChange> changes(String text) {
    if (text.length() > LONGEST) {
      return List.of(unparsed(text));
    }
    try {
      String readable = ReadableForm.of(text);
      ParsedStatement parsed = new ParsedStatement(text, CCJSqlParserUtil.parse(readable));
      List<SchemaChange> changes = new ArrayList<>(parsed.changes());
      if (!parsed.hasUnderstoodWhole(readable)) {
        changes.add(unparsed(text));
      }
      return changes;
    } catch (JSQLParserException | RuntimeException | StackOverflowError e) {
      return List.of(unparsed(text));
    }
  }

  private static SchemaChange unparsed(String text) {
    return SchemaChange.of(ChangeKind.UNPARSED, SqlScript.shown(text));
  }

  /**
   * Returns whether the parser can reproduce the complete text. It ignores text after a {@code GO},
   * a slash or empty lines, and that text may drop a table.
   */
  private boolean hasUnderstoodWhole(String readable) {
    return squeezed(statement.toString()).equals(squeezed(readable));
  }

  private static String squeezed(String sql) {
    return sql.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
  }

  private List<SchemaChange> changes() {
    if (statement instanceof CreateTable table) {
      return new CreateTableParser(table).changes();
    }
    if (statement instanceof Alter alter) {
      return new AlterTableParser(alter).changes();
    }
    if (statement instanceof CreateIndex index) {
      return List.of(new IndexParser(index, text).change());
    }
    if (statement instanceof Drop drop) {
      return drop(drop);
    }
    if (statement instanceof RenameTableStatement rename) {
      return rename.getTableNames().stream()
          .map(names -> of(ChangeKind.RENAME_TABLE, names.getKey()))
          .toList();
    }
    return List.of(simple());
  }

  /** Returns the change for a statement that makes exactly one. */
  private SchemaChange simple() {
    if (statement instanceof CreateView view) {
      return of(
          view.isOrReplace() ? ChangeKind.REPLACE_VIEW : ChangeKind.CREATE_OBJECT, view.getView());
    }
    if (statement instanceof Insert insert && isPlain()) {
      return of(ChangeKind.INSERT, insert.getTable());
    }
    if (statement instanceof Update update) {
      return update(update);
    }
    if (statement instanceof Delete delete && isPlain()) {
      return of(ChangeKind.DELETE, delete.getTable());
    }
    if (statement instanceof Truncate truncate && truncate.getTables().size() == 1) {
      return of(ChangeKind.DELETE, truncate.getTables().get(0));
    }
    return SchemaChange.of(kindOfWhole(), SqlScript.shown(text));
  }

  /** Compares the name, because the parser's module does not export the type. */
  private boolean isNamed(String type) {
    return statement.getClass().getSimpleName().equals(type);
  }

  private ChangeKind kindOfWhole() {
    if (statement instanceof CreateSequence
        || statement instanceof CreateSchema
        || isNamed("CreateType")
        || isNamed("CreateDomain")) {
      return ChangeKind.CREATE_OBJECT;
    }
    if (statement instanceof AlterType alter && alter.getAction() == AlterType.Action.ADD_VALUE) {
      return ChangeKind.ADD_VALUE;
    }
    if (isNamed("CreateExtension")) {
      return ChangeKind.CODE;
    }
    if (statement instanceof CreateFunction || statement instanceof CreateProcedure) {
      return ChangeKind.CODE;
    }
    if (statement instanceof Comment) {
      return ChangeKind.COMMENT;
    }
    if (statement instanceof Grant) {
      return ChangeKind.GRANT;
    }
    return statement instanceof Revoke ? ChangeKind.REVOKE : ChangeKind.OTHER;
  }

  /** Returns whether no other writing statement is nested in it. */
  private boolean isPlain() {
    String rest = text.toLowerCase(Locale.ROOT).replaceFirst("\\w+", "");
    return !rest.matches("(?s).*\\b(?:insert|update|delete|merge)\\b.*");
  }

  private SchemaChange update(Update update) {
    boolean oneTable =
        update.getFromItem() == null && update.getJoins() == null && update.getStartJoins() == null;
    if (!oneTable || !isPlain()) {
      return SchemaChange.of(ChangeKind.UPDATE, SqlScript.shown(text));
    }
    List<String> columns =
        update.getUpdateSets().stream()
            .flatMap(set -> set.getColumns().stream())
            .map(Column::getColumnName)
            .toList();
    return SchemaChange.of(ChangeKind.UPDATE, update.getTable().getFullyQualifiedName(), columns);
  }

  private static List<SchemaChange> drop(Drop drop) {
    String type = Objects.requireNonNullElse(drop.getType(), "").toUpperCase(Locale.ROOT);
    ChangeKind kind =
        type.equals("TABLE")
            ? ChangeKind.DROP_TABLE
            : type.equals("INDEX")
                ? ChangeKind.DROP_INDEX
                : type.equals("VIEW") ? ChangeKind.DROP_VIEW : ChangeKind.DROP_OBJECT;
    List<Table> names =
        drop.getNames() == null || drop.getNames().isEmpty()
            ? List.of(drop.getName())
            : drop.getNames();
    return names.stream().map(name -> of(kind, name)).toList();
  }

  private static SchemaChange of(ChangeKind kind, Table table) {
    return SchemaChange.of(kind, table.getFullyQualifiedName());
  }
}
