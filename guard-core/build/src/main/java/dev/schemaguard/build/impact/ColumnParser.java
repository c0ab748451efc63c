// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.statement.create.table.ColumnDefinition;
import net.sf.jsqlparser.statement.create.table.ForeignKeyIndex;
import org.jspecify.annotations.Nullable;

/** Parses the definition of a column in SQL: whether it may be null, and its default value. */
final class ColumnParser {

  private static final String VALUE = "(?:'(?:[^']|'')*'|\"[^\"]*\"|[\\w.]+)";

  /** Options that do not affect whether an older version can write the row. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?i)(?:null|unsigned|zerofill|first|invisible"
              + "|on\\s+update\\s+current_timestamp(?:\\(\\d*\\))?|after\\s+\\S+|collate\\s+"
              + VALUE
              + "|character\\s+set\\s+\\w+|charset\\s+\\w+|comment\\s+"
              + VALUE
              + "|constraint\\s+\\S+)(?=\\s|$)");

  private static final Pattern NOT_NULL = Pattern.compile("(?i)not\\s+null(?=\\s|$)");
  private static final Pattern GENERATED =
      Pattern.compile(
          "(?i)(?:auto_increment(?=\\s|$)"
              + "|generated\\s+(?:always|by\\s+default(?:\\s+on\\s+null)?)\\s+as\\s+identity.*)");
  private static final Pattern DEFAULT =
      Pattern.compile(
          "(?i)default\\s+(-?\\d[\\d.]*|\\w+\\([^()']*\\)|\\([^()']*\\)|"
              + VALUE
              + ")(?:::[\\w\\[\\]]+)?(?=\\s|$)");
  private static final Pattern UNIQUE = Pattern.compile("(?i)unique(?:\\s+key)?(?=\\s|$)");
  private static final Pattern CHECK = Pattern.compile("(?i)check\\s*\\(.*\\)");
  private static final Pattern REFERENCES =
      Pattern.compile(
          "(?i)references\\s+([^\\s(]+)\\s*(?:\\([^)]*\\))?((?:\\s+on\\s+(?:delete|update)\\s+"
              + "(?:cascade|set\\s+null|set\\s+default|restrict|no\\s+action))*)(?=\\s|$)");

  private final String table;
  private final String column;
  private final String type;
  private final List<String> options;

  ColumnParser(String table, ColumnDefinition definition) {
    this.table = table;
    this.column = definition.getColumnName();
    this.type = String.valueOf(definition.getColDataType());
    this.options = Objects.requireNonNullElse(definition.getColumnSpecs(), List.of());
  }

  /** Returns the tables that it references, if its own table is new. */
  List<SchemaChange> references() {
    Matcher matcher = REFERENCES.matcher(String.join(" ", options));
    return matcher.find() ? List.of(reference(matcher)) : List.of();
  }

  /**
   * Returns the changes made by adding the column to a table.
   *
   * @param ifMissing whether the column may already exist, and therefore be known to older versions
   */
  List<SchemaChange> addition(boolean ifMissing) {
    boolean required = false;
    boolean filled = type.toLowerCase(Locale.ROOT).matches("(?:small|big)?serial\\d?");
    List<SchemaChange> constraints = new ArrayList<>();
    String rest = String.join(" ", options).strip();
    while (!rest.isEmpty()) {
      Matcher next = next(rest);
      if (next == null) {
        // This includes a default that is an expression, because it cannot be determined where the
        // expression ends.
        constraints.add(SchemaChange.of(ChangeKind.UNPARSED, column + " " + SqlScript.shown(rest)));
        filled |= rest.matches("(?is)default\\s.*");
        required |= rest.matches("(?is).*\\bnot\\s+null\\b.*");
        break;
      }
      Pattern found = next.pattern();
      required |= found == NOT_NULL;
      filled |= found == GENERATED || (found == DEFAULT && !isNull(next.group(1)));
      if (found == UNIQUE) {
        constraints.add(SchemaChange.of(ChangeKind.ADD_UNIQUE, table, column));
      } else if (found == CHECK) {
        constraints.add(SchemaChange.of(ChangeKind.ADD_CHECK_OF_NEW, table, column));
      } else if (found == REFERENCES) {
        constraints.add(reference(next).as(ChangeKind.ADD_FOREIGN_KEY));
      }
      rest = rest.substring(next.end()).strip();
    }
    return changes(required, filled, ifMissing, constraints);
  }

  private List<SchemaChange> changes(
      boolean required, boolean filled, boolean ifMissing, List<SchemaChange> constraints) {
    List<SchemaChange> changes = new ArrayList<>();
    if (required && !filled) {
      changes.add(SchemaChange.of(ChangeKind.ADD_REQUIRED_COLUMN, table, column));
    } else if (ifMissing) {
      changes.add(SchemaChange.of(ChangeKind.ADD_COLUMN_IF_MISSING, table, column));
    } else if (filled) {
      changes.add(SchemaChange.of(ChangeKind.ADD_COLUMN_WITH_DEFAULT, table, column));
      if (required) {
        changes.add(SchemaChange.of(ChangeKind.SET_NOT_NULL, table, column));
      }
    } else {
      changes.add(SchemaChange.of(ChangeKind.ADD_COLUMN, table, column));
    }
    changes.addAll(constraints);
    return changes;
  }

  private static @Nullable Matcher next(String rest) {
    for (Pattern pattern :
        List.of(NOT_NULL, PLAIN, DEFAULT, GENERATED, UNIQUE, REFERENCES, CHECK)) {
      Matcher matcher = pattern.matcher(rest);
      if (matcher.lookingAt()) {
        return matcher;
      }
    }
    return null;
  }

  private static boolean isNull(String value) {
    return value.matches("(?i)\\(*\\s*null\\s*\\)*");
  }

  private SchemaChange reference(Matcher matcher) {
    return new SchemaChange(
        ChangeKind.REFERENCE_THAT_HOLDS,
        table,
        List.of(column),
        new SchemaChange.Reference(matcher.group(1), yields(matcher.group(2))));
  }

  /** Returns the change for a foreign key that is defined outside of the columns. */
  static SchemaChange reference(ChangeKind kind, String table, ForeignKeyIndex key) {
    String whole = key.toString();
    int references = whole.toLowerCase(Locale.ROOT).indexOf("references");
    return new SchemaChange(
        kind,
        table,
        key.getColumnsNames(),
        new SchemaChange.Reference(
            key.getTable().getFullyQualifiedName(), yields(whole.substring(references))));
  }

  private static boolean yields(String actions) {
    return Pattern.compile("(?i)on\\s+delete\\s+(?:cascade|set\\s+null)").matcher(actions).find();
  }
}
