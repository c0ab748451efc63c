// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request's URL. It is parsed here, because containers treat an invalid query
 * differently, and also look for parameters in the body.
 *
 * @param text the query as it was sent; null if there was none
 */
record Query(@Nullable String text) {

  /**
   * Returns the first value of a parameter, or null if it is missing.
   *
   * @throws RequestException if it is not URL-encoded correctly
   */
  @Nullable String value(String name) {
    for (String parameter : text == null ? new String[0] : text.split("&", -1)) {
      if (parameter.startsWith(name + "=")) {
        return decoded(parameter.substring(name.length() + 1), name);
      }
    }
    return null;
  }

  private static String decoded(String value, String name) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestException.badRequest(name + " is not encoded as a URL is");
    }
  }
}
