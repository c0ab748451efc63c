// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.preflight.Rollback;
import dev.schemaguard.preflight.Rollback.Undo;
import java.util.ArrayList;
import java.util.List;

/** Formats the rollback to an older version as lines for people. */
final class RollbackText {

  private static final int MOST = 12;

  /**
   * A labelled line.
   *
   * @param label empty if it is the same as that of the previous line
   */
  record Line(String label, String text) {}

  private final List<Line> lines = new ArrayList<>();

  private RollbackText() {}

  /**
   * Returns the lines.
   *
   * @param read whether the migrations were read
   */
  static List<Line> lines(Rollback rollback, boolean read) {
    RollbackText text = new RollbackText();
    if (rollback.mayStart()) {
      text.add("undo", List.of("nothing: this version may start as the database is"));
    }
    if (!rollback.undo().isEmpty()) {
      text.add("undo", text.undo(rollback.undo(), read));
    }
    if (!rollback.applyAgain().isEmpty()) {
      text.add(
          "then apply",
          List.of(
              String.join(", ", rollback.applyAgain())
                  + " again, which this version requires and which goes with the others"));
    }
    text.add("run", rollback.commands());
    text.add("note", rollback.notes());
    if (!rollback.undo().isEmpty() && !read) {
      text.add(
          "note",
          List.of(
              "name the migrations of the newer version (--liquibase, --flyway, …) to see which have"
                  + " a rollback, and which lose data"));
    }
    return text.lines;
  }

  private void add(String label, List<String> texts) {
    String shown = lines.stream().anyMatch(line -> line.label().equals(label)) ? "" : label;
    for (String each : texts) {
      lines.add(new Line(shown, each));
      shown = "";
    }
  }

  private List<String> undo(List<Undo> undo, boolean read) {
    List<String> texts = new ArrayList<>();
    texts.add(
        (undo.size() == 1 ? "1 revision" : undo.size() + " revisions, newest first,")
            + " before this version may start:");
    for (Undo each : undo.subList(0, Math.min(MOST, undo.size()))) {
      texts.add(read ? each.revision() + ": " + text(each) : each.revision());
    }
    if (undo.size() > MOST) {
      texts.add("… and " + (undo.size() - MOST) + " more");
    }
    return texts;
  }

  private static String text(Undo undo) {
    String rollback =
        switch (undo.hasRollback()) {
          case YES -> "has a rollback";
          case NO -> "has no rollback";
          case UNKNOWN -> "whether it has a rollback is not known";
        };
    String loss =
        switch (undo.losesData()) {
          case YES -> ", loses data";
          case NO -> ", loses no data";
          case UNKNOWN -> ", may lose data";
        };
    return rollback + loss + (undo.why().isEmpty() ? "" : " (" + undo.why() + ")");
  }
}
