// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** The forms in which an answer is given. */
enum Representation {
  /** For programs, and whenever it is not clear what was asked for. */
  JSON,
  /** For browsers. */
  HTML;

  /**
   * The one that {@code ?format=} asks for, else the Accept header.
   *
   * @throws RequestException if the format is neither
   */
  static Representation of(HttpServletRequest request, @Nullable String format) {
    if (format == null) {
      return accepted(request);
    }
    return switch (format) {
      case "json" -> JSON;
      case "html" -> HTML;
      default -> throw RequestException.badRequest("format is either json or html");
    };
  }

  /** HTML where it is preferred, as browsers do. Never 406: an answer is more use than none. */
  static Representation accepted(HttpServletRequest request) {
    Enumeration<String> headers = request.getHeaders("Accept");
    if (headers == null) {
      return JSON;
    }
    MediaRanges wanted = MediaRanges.parse(String.join(",", Collections.list(headers)));
    double json =
        Math.max(wanted.wish("application/json"), wanted.wish("application/problem+json"));
    return wanted.wish("text/html") > json ? HTML : JSON;
  }
}
