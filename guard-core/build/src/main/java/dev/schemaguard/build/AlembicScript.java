// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.PythonStatements.Statement;
import dev.schemaguard.build.PythonStatements.Token;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one Alembic revision file ({@code alembic.script.base.Script}), read from its
 * text.
 *
 * @param file the path of the file
 * @param revision its {@code revision}
 * @param downRevisions its {@code down_revision}; empty if it is a root
 * @param branchLabels its {@code branch_labels}
 * @param dependsOn its {@code depends_on}, which contains revisions or branch labels
 * @param computedLabel whether its {@code branch_labels} are computed and therefore unknown
 * @param marker the requires-app marker that it writes on the history table; null if there is none
 */
record AlembicScript(
    Path file,
    String revision,
    List<String> downRevisions,
    List<String> branchLabels,
    List<String> dependsOn,
    boolean computedLabel,
    @Nullable String marker) {

  private static final String REVISION = "revision";
  private static final String DOWN_REVISION = "down_revision";
  private static final String BRANCH_LABELS = "branch_labels";
  private static final String DEPENDS_ON = "depends_on";
  private static final Set<String> VARIABLES =
      Set.of(REVISION, DOWN_REVISION, BRANCH_LABELS, DEPENDS_ON);

  /** The keywords that open a new scope, in which a variable is not a module variable. */
  private static final Set<String> SCOPES = Set.of("def", "class", "async", "@");

  /**
   * Reads the variables that a file assigns.
   *
   * @param text the content of the file
   * @throws ConfigurationException if a variable is computed, missing, or assigned twice
   */
  static AlembicScript parse(Path file, String text) {
    Map<String, List<String>> values = new HashMap<>();
    boolean computedLabel = false;
    boolean ownScope = false;
    for (Statement statement : PythonStatements.of(text)) {
      Token first = statement.tokens().get(0);
      ownScope = statement.indented() ? ownScope : SCOPES.contains(first.text());
      if (!first.isString() && VARIABLES.contains(first.text()) && !ownScope) {
        if (first.is(BRANCH_LABELS) && isComputed(file, statement)) {
          computedLabel = true;
          continue;
        }
        List<String> value = value(file, statement);
        if (values.put(first.text(), value) != null) {
          throw unreadable(file, first, "it is assigned twice");
        }
      }
    }
    String revision = revision(file, values);
    return new AlembicScript(
        file,
        revision,
        required(file, values, DOWN_REVISION),
        values.getOrDefault(BRANCH_LABELS, List.of()),
        values.getOrDefault(DEPENDS_ON, List.of()),
        computedLabel,
        HistoryTableComment.inPython(text, revision));
  }

  /** A label is only another name of the revision, so a computed one is not an error. */
  private static boolean isComputed(Path file, Statement statement) {
    try {
      value(file, statement);
      return false;
    } catch (ConfigurationException e) {
      return true;
    }
  }

  /** Returns the file's name without its extension, by which users know the revision. */
  String stem() {
    return file.getFileName().toString().replaceFirst("\\.py$", "");
  }

  private static List<String> value(Path file, Statement statement) {
    List<Token> tokens = statement.tokens();
    Token name = tokens.get(0);
    int equals = 1;
    while (equals < tokens.size() && !tokens.get(equals).is("=")) {
      equals++;
    }
    boolean plain = equals == 1 || (tokens.size() > 1 && tokens.get(1).is(":"));
    if (statement.indented() || !plain || equals == tokens.size()) {
      throw unreadable(file, name, "it is not assigned plainly");
    }
    return strings(file, name, tokens.subList(equals + 1, tokens.size()));
  }

  /**
   * Returns the strings in {@code "a"}, {@code ("a", "b")}, {@code ["a"]}, {@code "a", "b"} or
   * None.
   */
  private static List<String> strings(Path file, Token name, List<Token> value) {
    if (value.size() == 1 && value.get(0).is("None")) {
      return List.of();
    }
    List<String> strings = new ArrayList<>();
    boolean adjacent = false;
    for (Token token : withoutBrackets(value)) {
      if (token.isString() && token.isPlain()) {
        int last = strings.size() - 1;
        strings.add((adjacent ? strings.remove(last) : "") + token.text());
      } else if (!adjacent || !token.is(",")) {
        throw unreadable(file, token, "'" + token.text() + "' is no plain string");
      }
      adjacent = token.isString();
    }
    if (strings.isEmpty() && value.size() != 2) {
      throw unreadable(file, name, "it has no value");
    }
    return List.copyOf(strings);
  }

  private static List<Token> withoutBrackets(List<Token> value) {
    int last = value.size() - 1;
    boolean enclosed =
        last > 0
            && ((value.get(0).is("(") && value.get(last).is(")"))
                || (value.get(0).is("[") && value.get(last).is("]")));
    return enclosed ? value.subList(1, last) : value;
  }

  private static String revision(Path file, Map<String, List<String>> values) {
    List<String> revision = required(file, values, REVISION);
    if (revision.size() != 1 || !ChainLine.fitsInList(revision.get(0))) {
      throw new ConfigurationException(
          file.toString(),
          "its revision is " + revision + ", which is no name",
          "Alembic's own are plain: revision = \"ae1027a6acf\".");
    }
    return revision.get(0);
  }

  private static List<String> required(
      Path file, Map<String, List<String>> values, String variable) {
    List<String> value = values.get(variable);
    if (value == null) {
      throw new ConfigurationException(
          file.toString(),
          "it does not assign '" + variable + "'",
          "Every file beside it is a revision to Alembic. Assign it, or name the directory that"
              + " holds the revisions only, as in versions.");
    }
    return value;
  }

  private static ConfigurationException unreadable(Path file, Token token, String why) {
    return new ConfigurationException(
        file + ":" + token.line(),
        "a variable of the revision cannot be read: " + why,
        "The file is not run, so write the value itself, once: revision = \"ae1027a6acf\", or"
            + " down_revision = (\"ae10\", \"27a6\").");
  }
}
