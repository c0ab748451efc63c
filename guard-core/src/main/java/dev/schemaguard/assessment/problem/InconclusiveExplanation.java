// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.NameList;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.VersionPattern;
import java.util.List;

/** Explains why it is unknown whether the application can run. */
final class InconclusiveExplanation {

  private static final int MOST_ROWS = 12;

  private InconclusiveExplanation() {}

  static Explanation unreadable(Unreadable reading) {
    return new Explanation(
        "GUARD-UNREADABLE-" + reading.cause().name(),
        switch (reading.cause()) {
          case PERMISSION -> "The role may not read the history";
          case SCHEMA -> "There is no such schema";
          case ELSEWHERE -> "The history is in another table or schema";
          case TOOL -> "Several migration tools keep a history here";
          case COLUMN -> "The history table lacks a column";
          case SHAPE -> "The history table holds what no migration tool writes";
          case QUERY -> "The history cannot be read";
        },
        reading.why(),
        reading.actions().stream().map(InconclusiveExplanation::asAction).toList());
  }

  /** Returns a reader's sentence in the form of all actions; SQL stays unchanged. */
  private static String asAction(String sentence) {
    String text = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
  }

  static Explanation unknownVersion(Assessor assessor) {
    String version = assessor.target().version();
    String origin = assessor.matrix().origin();
    List<MatrixRow> rows = assessor.matrix().rows();
    String labels = NameList.of(rows.stream().map(MatrixRow::label).toList(), MOST_ROWS);
    if (version == null) {
      return new Explanation(
          "GUARD-UNKNOWN-VERSION",
          "The application's version is not known",
          "no application version was given; " + origin + " has rows for " + labels,
          "give the version: the setting application-version, or --app-version",
          "add the row | current | head | | to " + origin);
    }
    boolean current = rows.stream().anyMatch(r -> r.pattern() instanceof VersionPattern.Current);
    return new Explanation(
        "GUARD-UNKNOWN-VERSION",
        "The matrix has no row for this version",
        origin
            + " has no row for "
            + version
            + "; it has rows for "
            + labels
            + (current ? " (current speaks only for the application that bundles it)" : ""),
        "add a row for " + version + " to " + origin,
        "correct the application version, if " + version + " is not what runs here");
  }
}
