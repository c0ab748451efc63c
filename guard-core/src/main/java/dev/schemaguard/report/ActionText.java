// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats an action so that the commands in it can be copied. */
final class ActionText {

  /** A command of a tool in parentheses, SQL, an environment variable, or text in backquotes. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?<=\\()(?:liquibase|flyway|alembic|migrate) [a-z][\\w.@:=/ -]*(?=\\))"
              + "|^(?:GRANT|ALTER) .+?(?= -- |$)"
              + "|\\bSCHEMA_GUARD_[A-Z_]+=[^\\s…]+$"
              + "|`([^`]+)`");

  private ActionText() {}

  /** Returns an action as HTML. */
  static Html of(String action) {
    List<Html> parts = new ArrayList<>();
    int end = 0;
    for (Matcher command = COMMAND.matcher(action); command.find(); end = command.end()) {
      parts.add(Html.text(action.substring(end, command.start())));
      parts.add(
          command.group(1) != null
              ? Html.tag("code", command.group(1))
              : Html.tag("code", command.group()).in("command"));
    }
    parts.add(Html.text(action.substring(end)));
    return Html.all(parts);
  }
}
