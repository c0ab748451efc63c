// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that cannot be used: a malformed matrix or chain, a reference that resolves to
 * nothing, a setting with a value that has no meaning. It is an error in every mode; nothing was
 * judged.
 */
public final class ConfigurationException extends RuntimeException {

  /** The stable code of every configuration error; its page stands in docs/problems. */
  public static final String CODE = "GUARD-CONFIGURATION";

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 800;
  private static final int TAIL = 300;

  private final @Nullable String where;
  private final String what;
  private final String action;

  /**
   * An error at a place.
   *
   * @param where {@code file:line}, the name of a setting, or null where there is no place to name
   * @param what what is wrong, with the offending value
   * @param action what was expected and what to do
   */
  public ConfigurationException(@Nullable String where, String what, String action) {
    this(where, what, action, null);
  }

  /** The same, caused by a failure underneath, for instance to read a file. */
  public ConfigurationException(
      @Nullable String where, String what, String action, @Nullable Throwable cause) {
    super(
        (where == null ? "" : VisibleText.of(where) + ": ")
            + abridged(what)
            + ". "
            + abridged(action),
        cause);
    this.where = VisibleText.ofNullable(where);
    this.what = abridged(what);
    this.action = abridged(action);
  }

  /** Returns the text, visible except for its line feeds, without its middle if it is very long. */
  private static String abridged(String text) {
    String shown =
        text.length() <= LONGEST
            ? text
            : text.substring(0, LONGEST - TAIL) + " … " + text.substring(text.length() - TAIL);
    return VisibleText.lines(shown.replace("\r\n", "\n"));
  }

  /** {@code file:line} or the name of the setting; null where there is none. */
  public @Nullable String location() {
    return where;
  }

  /** What is wrong, with the offending value. */
  public String reason() {
    return what;
  }

  /** What was expected and what to do. */
  public String remedy() {
    return action;
  }

  /** The whole error for people, in the shape of every problem text and as short. */
  public String text() {
    return description() + "\n" + advice();
  }

  /** The part of the text that says what is wrong. */
  public String description() {
    return "Schema Guard cannot use its configuration   ["
        + CODE
        + "]\n"
        + (where == null ? "" : "where     " + line(where, 250) + "\n")
        + "why       "
        + line(what, 900);
  }

  /** The part of the text that says what to do. */
  public String advice() {
    return "do now    " + line(action, 700);
  }

  /** Returns a value on one line of at most so many bytes, whatever a file contains. */
  private static String line(String value, int longest) {
    String text = VisibleText.sentence(value);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    // A character that was cut in two is decoded as U+FFFD.
    return utf8.length <= longest
        ? text
        : new String(utf8, 0, longest - 3, StandardCharsets.UTF_8).replaceFirst("\\uFFFD+$", "")
            + "…";
  }
}
