// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.util.regex.Pattern;

/** What looks like a password or like the user's part of a URL in a text of a driver. */
final class Credentials {

  private static final Pattern ORACLE = Pattern.compile("(jdbc:oracle:\\w+:)\\S*@");

  private static final Pattern USER_INFO = Pattern.compile("//\\S*@");

  /** What a driver quotes of a host part; not {@code 'user'@'host'} of MariaDB. */
  private static final Pattern BARE_USER_INFO = Pattern.compile("[^\\s/]\\S*@(?=[^\\s'\"])");

  private static final Pattern SECRET =
      Pattern.compile(
          "((?:password|passwd|pwd|passphrase|secret|token|key)\\w*\\s*[=:]\\s*)"
              + "(?:\\{[^}]*}|'[^']*'|\"[^\"]*\"|[^&;\\s)]++)",
          Pattern.CASE_INSENSITIVE);

  private Credentials() {}

  /** Returns {@code text} without them. */
  static String hide(String text) {
    String values = SECRET.matcher(text).replaceAll("$1***");
    String oracle = ORACLE.matcher(values).replaceAll("$1@");
    String urls = USER_INFO.matcher(oracle).replaceAll("//");
    return BARE_USER_INFO.matcher(urls).replaceAll("***@");
  }
}
