// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.text;

import java.util.List;
import java.util.Locale;

/**
 * Extracts the part of a JDBC URL that is safe to show. A URL that cannot be parsed is shortened
 * until nothing is left that may be a password.
 */
public final class DatabaseUrl {

  private static final String START = "jdbc:";

  /** Parts of the words before a secret; see {@link Credentials}. */
  private static final List<String> SECRETS =
      List.of("pass", "pwd", "secret", "token", "sig", "key");

  private DatabaseUrl() {}

  /**
   * Returns host, port and name: {@code pg3:5432/orders} for {@code
   * jdbc:postgresql://pg3:5432/orders?…}.
   */
  public static String place(String url) {
    return isPlain(url) ? plainPlace(url) : UrlParts.place(url);
  }

  /**
   * Returns whether a URL consists of a host, a port and a name, so that there is nothing to
   * remove. Such a URL is common, and the patterns of the others are not compiled for it.
   */
  private static boolean isPlain(String url) {
    int slashes = url.indexOf("://");
    if (!url.startsWith(START) || slashes < 0) {
      return false;
    }
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && "/:._-".indexOf(c) < 0) {
        return false;
      }
    }
    String place = url.substring(slashes).toLowerCase(Locale.ROOT);
    for (String secret : SECRETS) {
      if (place.contains(secret)) {
        return false;
      }
    }
    return true;
  }

  private static String plainPlace(String url) {
    return url.substring(url.indexOf("://") + "://".length());
  }

  /**
   * Returns whether a place, with or without a user before it, is an in-memory database of this
   * process.
   */
  public static boolean isInMemory(String place) {
    return UrlParts.isInMemory(place);
  }
}
