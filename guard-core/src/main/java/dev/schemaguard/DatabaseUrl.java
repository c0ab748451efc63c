// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import java.util.regex.Pattern;

/** What may be shown of a JDBC URL, and of messages that may quote one. */
final class DatabaseUrl {

  private static final Pattern PARAMETERS = Pattern.compile("[;?].*", Pattern.DOTALL);
  private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");
  private static final Pattern SECRET =
      Pattern.compile(
          "((?:password|passwd|pwd|passphrase|secret|token|key)\\w*\\s*[=:]\\s*)[^&;,\\s)]++",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern IN_MEMORY =
      Pattern.compile("(?:^|@)(?:h2:mem:|hsqldb:mem:|derby:memory:|sqlite::memory:)");

  private DatabaseUrl() {}

  /**
   * Host, port and name: {@code pg3:5432/orders} of {@code jdbc:postgresql://pg3:5432/orders?…}.
   */
  static String place(String url) {
    String bare = USER_INFO.matcher(PARAMETERS.matcher(url).replaceFirst("")).replaceAll("//");
    int host = bare.indexOf("://");
    return host >= 0 ? bare.substring(host + 3) : bare.replaceFirst("^jdbc:", "");
  }

  /** Whether a place, perhaps with a user before it, is in the memory of this process. */
  static boolean isInMemory(String place) {
    return IN_MEMORY.matcher(place).find();
  }

  /** {@code text} without anything that looks like a password or a user's part of a URL. */
  static String withoutCredentials(String text) {
    return SECRET.matcher(USER_INFO.matcher(text).replaceAll("//")).replaceAll("$1***");
  }
}
