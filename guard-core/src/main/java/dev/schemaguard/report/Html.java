// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.text.VisibleText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of HTML. Text and attribute values are escaped when they are added. Only {@link #raw}
 * accepts markup, so that only its uses need a review. Immutable.
 */
final class Html {

  /** The empty piece. */
  static final Html NONE = raw("");

  /**
   * The markup up to the place where further attributes of an element are added; empty if none can
   * be.
   */
  private final String start;

  private final String rest;

  private Html(String start, String rest) {
    this.start = start;
    this.rest = rest;
  }

  /** Returns a text, whatever it contains; unprintable characters are escaped visibly. */
  static Html text(String text) {
    return new Html("", escaped(VisibleText.of(text)));
  }

  /** Returns markup that is written in the code; never pass anything that was read. */
  static Html raw(String markup) {
    return new Html("", markup);
  }

  /** Returns an element with this content. */
  static Html tag(String name, Html... content) {
    return new Html("<" + name, ">" + all(content) + "</" + name + ">");
  }

  /** Returns an element with this text. */
  static Html tag(String name, String text) {
    return tag(name, text(text));
  }

  /** Returns an element that never has content, such as {@code meta}. */
  static Html single(String name) {
    return new Html("<" + name, ">");
  }

  /** Returns the parts, one after the other. */
  static Html all(Html... parts) {
    return all(Arrays.asList(parts));
  }

  /** Returns the parts, one after the other. */
  static Html all(List<Html> parts) {
    return raw(parts.stream().map(Html::toString).collect(Collectors.joining()));
  }

  /** Returns the same element with one more attribute. */
  Html with(String attribute, String value) {
    if (start.isEmpty()) {
      throw new IllegalStateException("only an element has attributes: " + rest);
    }
    return new Html(start + " " + attribute + "=\"" + escaped(VisibleText.of(value)) + "\"", rest);
  }

  /** Returns the same element with this class of the style sheet. */
  Html in(String styleClass) {
    return with("class", styleClass);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Returns the markup. */
  @Override
  public String toString() {
    return start + rest;
  }
}
