// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** The formats of a response. */
enum Representation {
  /** For programs, and if the requested format is unclear. */
  JSON,
  /** For browsers. */
  HTML;

  /**
   * Returns the format in {@code ?format=}, else the one in the Accept header.
   *
   * @throws RequestException if the parameter names neither format
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

  /**
   * Returns HTML if it is preferred, as it is by browsers. The response is never 406, because
   * another format is more useful than none.
   */
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
