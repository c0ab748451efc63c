// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import dev.schemaguard.text.VisibleText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that cannot be used: a malformed matrix or chain, a reference that cannot be
 * resolved, or a setting with a meaningless value. It is an error in every mode, and the database
 * was not assessed.
 */
public final class ConfigurationException extends RuntimeException {

  /** The stable code of every configuration error. It is documented in docs/problems. */
  public static final String CODE = "GUARD-CONFIGURATION";

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 800;
  private static final int TAIL = 300;

  private final @Nullable String where;
  private final String what;
  private final String action;

  /**
   * Creates an error at a location.
   *
   * @param where {@code file:line}, the name of a setting, or null if there is no location to name
   * @param what what is wrong, with the offending value
   * @param action what was expected and what to do
   */
  public ConfigurationException(@Nullable String where, String what, String action) {
    this(where, what, action, null);
  }

  /**
   * Creates an error at a location that another failure caused, such as a failure to read a file.
   */
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

  /**
   * Returns the text with every character except line feeds made visible, and without its middle if
   * it is very long.
   */
  private static String abridged(String text) {
    String shown =
        text.length() <= LONGEST
            ? text
            : text.substring(0, LONGEST - TAIL) + " … " + text.substring(text.length() - TAIL);
    return VisibleText.lines(shown.replace("\r\n", "\n"));
  }

  /** Returns {@code file:line} or the name of the setting; null if there is no location. */
  public @Nullable String location() {
    return where;
  }

  /** Returns what is wrong, with the offending value. */
  public String reason() {
    return what;
  }

  /** Returns what was expected and what to do. */
  public String remedy() {
    return action;
  }

  /** Returns the whole error for people, in the format and length of every problem text. */
  public String text() {
    return description() + "\n" + advice();
  }

  /** Returns the part of the text that says what is wrong. */
  public String description() {
    return "Schema Guard cannot use its configuration   ["
        + CODE
        + "]\n"
        + (where == null ? "" : "where     " + line(where, 250) + "\n")
        + "why       "
        + line(what, 900);
  }

  /** Returns the part of the text that says what to do. */
  public String advice() {
    return "do now    " + line(action, 700);
  }

  /** Returns a value on one line of at most {@code longest} bytes, whatever a file contains. */
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
