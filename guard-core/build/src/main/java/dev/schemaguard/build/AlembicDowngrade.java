// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.PythonStatements.Statement;
import dev.schemaguard.build.PythonStatements.Token;
import dev.schemaguard.build.impact.ChangeKind;
import dev.schemaguard.build.impact.RevisionUndo;
import dev.schemaguard.build.impact.SchemaChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the function {@code downgrade} of an Alembic revision file from the file's text, without
 * running it.
 */
final class AlembicDowngrade {

  private static final Set<String> NOTHING = Set.of("pass", "...", "return");

  private AlembicDowngrade() {}

  /** Returns how the revision in a file with this text is undone. */
  static RevisionUndo of(String revision, String text) {
    List<Statement> body = body(PythonStatements.of(text));
    if (body.isEmpty()) {
      return RevisionUndo.none(revision, "its downgrade() does nothing");
    }
    if (body.get(0).tokens().get(0).is("raise")) {
      return RevisionUndo.none(revision, "its downgrade() raises an error");
    }
    List<SchemaChange> changes = new ArrayList<>();
    for (Statement statement : body) {
      addDrops(changes, statement.tokens());
    }
    changes.add(SchemaChange.of(ChangeKind.CODE, "a downgrade() of Alembic's"));
    return RevisionUndo.by(revision, changes, List.of());
  }

  /** Returns the statements that have an effect; empty also if there is no such function. */
  private static List<Statement> body(List<Statement> module) {
    List<Statement> body = new ArrayList<>();
    boolean inside = false;
    for (Statement statement : module) {
      List<Token> tokens = statement.tokens();
      if (!statement.indented()) {
        inside = isDowngrade(tokens);
        tokens = inside ? behindSignature(tokens) : List.of();
      }
      if (inside && !isNothing(tokens)) {
        body.add(new Statement(true, tokens));
      }
    }
    return body;
  }

  private static boolean isDowngrade(List<Token> tokens) {
    return tokens.size() > 1 && tokens.get(0).is("def") && tokens.get(1).is("downgrade");
  }

  /** Returns the tokens on the same line as the function's signature. */
  private static List<Token> behindSignature(List<Token> tokens) {
    int brackets = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      brackets += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
      if (brackets == 0 && token.is(":")) {
        return tokens.subList(i + 1, tokens.size());
      }
    }
    return List.of();
  }

  private static boolean isNothing(List<Token> tokens) {
    Token first = tokens.isEmpty() ? null : tokens.get(0);
    return first == null
        || (tokens.size() == 1 && (first.isString() || NOTHING.contains(first.text())));
  }

  private static void addDrops(List<SchemaChange> changes, List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean table = !token.isString() && token.text().endsWith(".drop_table");
      boolean column = !token.isString() && token.text().endsWith(".drop_column");
      if (table || column) {
        changes.add(
            SchemaChange.of(
                table ? ChangeKind.DROP_TABLE : ChangeKind.DROP_COLUMN,
                String.join(".", names(tokens.subList(i + 1, tokens.size()), table ? 1 : 2))));
      }
    }
  }

  /** Returns the leading string arguments of a call, such as a table and its column. */
  private static List<String> names(List<Token> call, int most) {
    List<String> names = new ArrayList<>();
    for (Token token : call) {
      if (token.isString() && names.size() < most) {
        names.add(token.text());
      } else if (!token.is("(") && !token.is(",")) {
        break;
      }
    }
    return names.isEmpty() ? List.of("that the script computes") : names;
  }
}
