// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.matrix.VisibleText;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way back to a version of the application whose database is ahead of it. Immutable.
 *
 * @param mayStart whether the version may start as the database is; then nothing is to be undone
 * @param undo what has to be undone before it may, newest first; empty as well where there is no
 *     plan, and then the notes say why
 * @param applyAgain those of {@code undo} that the version requires: a tool undoes what was applied
 *     last, so they go with the others and have to be applied again
 * @param commands the tool's own commands, in their order; a word in capitals is for whoever runs
 *     them to fill in. Empty where none is sure to do exactly that
 * @param notes what else to know, in sentences
 */
public record Rollback(
    boolean mayStart,
    List<Undo> undo,
    List<String> applyAgain,
    List<String> commands,
    List<String> notes) {

  private static final Pattern PLAIN = Pattern.compile("[\\w.,:/@%+=-]+");

  /** What is known of a claim. */
  public enum Known {
    /** It holds. */
    YES,
    /** It does not hold. */
    NO,
    /** Nobody can tell. */
    UNKNOWN
  }

  /**
   * A revision to be undone.
   *
   * @param revision as it is shown
   * @param name the whole name, by which the migrations know it
   * @param hasRollback whether its author, or its tool, says how to undo it
   * @param losesData whether undoing it loses what is in the database
   * @param why what that is concluded from; may be empty
   */
  public record Undo(String revision, String name, Known hasRollback, Known losesData, String why) {

    /** Makes what is shown {@linkplain VisibleText visible}; the whole name stays as it is. */
    public Undo {
      revision = VisibleText.of(revision);
      why = VisibleText.of(why);
    }

    /** A revision of which no more is known than that it was applied. */
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

  /** A rollback that undoes nothing. */
  public static Rollback ofNothing(boolean mayStart, List<String> notes) {
    return new Rollback(mayStart, List.of(), List.of(), List.of(), notes);
  }

  /**
   * The same with words of the commands filled in.
   *
   * @param values by the option that each belongs to, with what follows the option's name: {@code
   *     --changelog-file=}
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

  /** A text as one word of a shell. */
  public static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
