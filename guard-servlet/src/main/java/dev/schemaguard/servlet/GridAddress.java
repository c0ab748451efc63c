// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The part of the grid that a request asks for, and the address of the page with the whole grid.
 *
 * @param ofWhole the address of the same page with the whole grid; null if this is that page
 */
record GridAddress(@Nullable String ofWhole) {

  private static final String WHOLE = "all";

  /**
   * Returns the part that {@code ?grid=} asks for: the whole grid, or without the parameter the
   * relevant part.
   *
   * @throws RequestException if the parameter has another value
   */
  static GridAddress of(Query query) {
    String part = query.value("grid");
    if (part == null) {
      return new GridAddress("?grid=" + WHOLE + same(query, "app-version") + same(query, "format"));
    }
    if (part.equals(WHOLE)) {
      return new GridAddress(null);
    }
    throw RequestException.badRequest("grid is either " + WHOLE + " or left out");
  }

  private static String same(Query query, String name) {
    String value = query.value(name);
    return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, UTF_8);
  }

  /** Returns whether the whole grid is asked for. */
  boolean isOfWhole() {
    return ofWhole == null;
  }
}
