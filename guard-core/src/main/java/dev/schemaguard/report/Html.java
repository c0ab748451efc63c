// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.matrix.VisibleText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of HTML. Text and the values of attributes are escaped on their way in; only {@link #raw}
 * takes markup, so that it alone must be watched. Immutable.
 */
final class Html {

  /** Nothing at all. */
  static final Html NONE = raw("");

  /** The markup up to where further attributes of an element go; empty where none can. */
  private final String start;

  private final String rest;

  private Html(String start, String rest) {
    this.start = start;
    this.rest = rest;
  }

  /** Returns a text, whatever it contains; what is unprintable is escaped visibly. */
  static Html text(String text) {
    return new Html("", escaped(VisibleText.of(text)));
  }

  /** Markup of our own; never anything that was read. */
  static Html raw(String markup) {
    return new Html("", markup);
  }

  /** An element with this in it. */
  static Html tag(String name, Html... content) {
    return new Html("<" + name, ">" + all(content) + "</" + name + ">");
  }

  /** An element with this text in it. */
  static Html tag(String name, String text) {
    return tag(name, text(text));
  }

  /** An element that never has content, as {@code meta}. */
  static Html single(String name) {
    return new Html("<" + name, ">");
  }

  /** One after the other. */
  static Html all(Html... parts) {
    return all(Arrays.asList(parts));
  }

  /** One after the other. */
  static Html all(List<Html> parts) {
    return raw(parts.stream().map(Html::toString).collect(Collectors.joining()));
  }

  /** The same element with one more attribute. */
  Html with(String attribute, String value) {
    if (start.isEmpty()) {
      throw new IllegalStateException("only an element has attributes: " + rest);
    }
    return new Html(start + " " + attribute + "=\"" + escaped(VisibleText.of(value)) + "\"", rest);
  }

  /** The same element in this class of the style sheet. */
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

  /** The markup. */
  @Override
  public String toString() {
    return start + rest;
  }
}
