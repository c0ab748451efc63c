// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.text.VisibleText;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps that return a database to an older version of the application. Immutable.
 *
 * @param mayStart whether the version can start on the database as it is; then nothing has to be
 *     undone
 * @param undo what has to be undone before it can start, newest first; also empty if there is no
 *     plan, and then the notes say why
 * @param applyAgain those of {@code undo} that the version requires: a tool undoes the latest
 *     revisions first, so these are undone with the others and have to be applied again
 * @param commands the tool's own commands, in their order; a word in capitals is a placeholder that
 *     the user fills in; empty if no command is certain to do exactly this
 * @param notes further information, in sentences
 */
public record Rollback(
    boolean mayStart,
    List<Undo> undo,
    List<String> applyAgain,
    List<String> commands,
    List<String> notes) {

  private static final Pattern PLAIN = Pattern.compile("[\\w.,:/@%+=-]+");

  /** Says whether a statement is true, as far as that is known. */
  public enum Known {
    /** The statement is true. */
    YES,
    /** The statement is false. */
    NO,
    /** It is unknown. */
    UNKNOWN
  }

  /**
   * A revision to be undone.
   *
   * @param revision the name that is shown
   * @param name the whole name, by which the migrations identify it
   * @param hasRollback whether its author, or its tool, says how to undo it
   * @param losesData whether undoing it loses data in the database
   * @param why the reason for that conclusion; may be empty
   */
  public record Undo(String revision, String name, Known hasRollback, Known losesData, String why) {

    /**
     * Makes the texts that are shown {@linkplain VisibleText visible}. The whole name stays as it
     * is.
     */
    public Undo {
      revision = VisibleText.of(revision);
      why = VisibleText.of(why);
    }

    /** Returns a revision of which nothing is known except that it was applied. */
    public static Undo unread(String revision, String name) {
      return new Undo(revision, name, Known.UNKNOWN, Known.UNKNOWN, "the migrations were not read");
    }
  }

  /** Copies the lists, and makes the texts {@linkplain VisibleText visible}. */
  public Rollback {
    undo = List.copyOf(undo);
    applyAgain = VisibleText.all(applyAgain);
    commands = VisibleText.all(commands);
    notes = VisibleText.all(notes);
  }

  /** Returns a rollback that undoes nothing. */
  public static Rollback ofNothing(boolean mayStart, List<String> notes) {
    return new Rollback(mayStart, List.of(), List.of(), List.of(), notes);
  }

  /**
   * Returns the same rollback with placeholders of the commands filled in.
   *
   * @param values the values by the option that each belongs to, including what follows the
   *     option's name: {@code --changelog-file=}
   */
  public Rollback filledIn(Map<String, String> values) {
    return new Rollback(
        mayStart,
        undo,
        applyAgain,
        commands.stream().map(command -> filledIn(command, values)).toList(),
        notes);
  }

  private static String filledIn(String command, Map<String, String> values) {
    String filled = command;
    for (Map.Entry<String, String> value : values.entrySet()) {
      String option = " " + value.getKey();
      filled =
          Pattern.compile(Pattern.quote(option) + "[A-Z]+")
              .matcher(filled)
              .replaceFirst(Matcher.quoteReplacement(option + word(value.getValue())));
    }
    return filled;
  }

  /** Returns a text quoted as one word of a shell. */
  public static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
