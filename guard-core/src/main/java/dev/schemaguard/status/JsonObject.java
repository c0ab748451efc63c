// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import dev.schemaguard.text.VisibleText;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object under construction. {@link #toString} returns its text, indented by two blanks per
 * level. Its characters are printable: all others, and pairs of surrogates, are written as JSON
 * escapes. Not thread-safe.
 */
public final class JsonObject {

  private final StringBuilder text;
  private final String indent;
  private boolean empty = true;

  /** Creates an empty object. */
  public JsonObject() {
    this(new StringBuilder(512), "  ");
  }

  private JsonObject(StringBuilder text, String indent) {
    this.text = text.append('{');
    this.indent = indent;
  }

  /** Adds a string, or null. */
  public JsonObject put(String key, @Nullable String value) {
    key(key);
    string(value);
    return this;
  }

  /** Adds a number. */
  public JsonObject put(String key, long value) {
    key(key).append(value);
    return this;
  }

  /** Adds true or false. */
  public JsonObject put(String key, boolean value) {
    key(key).append(value);
    return this;
  }

  /** Adds an array of strings. */
  public JsonObject put(String key, Collection<String> values) {
    key(key).append('[');
    String separator = "";
    for (String value : values) {
      text.append(separator);
      string(value);
      separator = ", ";
    }
    text.append(']');
    return this;
  }

  /** Adds the object that {@code content} writes, or null if there is no content. */
  public JsonObject putObject(String key, @Nullable Consumer<JsonObject> content) {
    key(key);
    if (content == null) {
      text.append("null");
    } else {
      object(content, indent);
    }
    return this;
  }

  /** Adds an array of objects. */
  public JsonObject putObjects(String key, Collection<Consumer<JsonObject>> contents) {
    key(key).append('[');
    String separator = "\n" + indent + "  ";
    for (Consumer<JsonObject> content : contents) {
      text.append(separator);
      object(content, indent + "  ");
      separator = ",\n" + indent + "  ";
    }
    text.append(contents.isEmpty() ? "]" : "\n" + indent + "]");
    return this;
  }

  private void object(Consumer<JsonObject> content, String outerIndent) {
    JsonObject object = new JsonObject(text, outerIndent + "  ");
    content.accept(object);
    text.append(object.empty ? "}" : "\n" + outerIndent + "}");
  }

  private StringBuilder key(String key) {
    text.append(empty ? "\n" : ",\n").append(indent);
    empty = false;
    string(key);
    return text.append(": ");
  }

  private void string(@Nullable String value) {
    if (value == null) {
      text.append("null");
      return;
    }
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      character(value.charAt(i));
    }
    text.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (Character.isSurrogate(c) || VisibleText.isUnprintable(c)) {
          text.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            text.append(Character.forDigit(c >> shift & 0xF, 16));
          }
        } else {
          text.append(c);
        }
      }
    }
  }

  @Override
  public String toString() {
    return text + (empty ? "}" : "\n}");
  }
}
