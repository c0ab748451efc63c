// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.text;

import java.util.regex.Pattern;

/**
 * Removes what a text from a driver, a server or a setting must not show: the user part of a URL,
 * and the values of parameters that contain a password or a token, in the syntax of every driver.
 */
public final class Credentials {

  /** Oracle's {@code user/password@}. The password may be quoted. */
  private static final Pattern ORACLE = Pattern.compile("(jdbc:oracle:\\w+:)(?:\"[^\"]*\"|\\S)*@");

  /** A password that is not percent-encoded may contain a blank. */
  private static final Pattern AUTHORITY = Pattern.compile("(jdbc:[\\w:+-]+//)[^/\\n?;]*@");

  private static final Pattern USER_INFO = Pattern.compile("//\\S*@");

  /**
   * The part of a URL that a driver quotes, from the user to the host; not {@code 'user'@'host'} of
   * MariaDB.
   */
  private static final Pattern BARE_USER_INFO = Pattern.compile("[^\\s/]\\S*@(?=[^\\s'\"])");

  private static final Pattern SECRET =
      Pattern.compile(
          "((?:(?:password|passwd|pwd|passphrase|secret|token|signature)\\w*|\\bpass|\\bsig"
              // Not every key is secret: databases report "Duplicate key: 5".
              + "|(?:api|access|account|client|encryption|private|shared\\w*|ssl|store)[-_. ]?key\\w*)"
              + "\\s*[=:]\\s*)(?:\\{(?:[^}]|}})*+}|'[^']*'|\"[^\"]*\"|[^&;\\s)]++)",
          Pattern.CASE_INSENSITIVE);

  /** The query of a web address. Any of its parameters may be a token. */
  private static final Pattern WEB_QUERY =
      Pattern.compile("(\\b(?:https?|ftp)://[^\\n?#]*)[?#][^\\s'\"]*", Pattern.CASE_INSENSITIVE);

  private Credentials() {}

  /** Returns {@code text} without anything that looks like a password or the user part of a URL. */
  public static String removedFrom(String text) {
    String values = SECRET.matcher(text).replaceAll("$1***");
    String oracle = ORACLE.matcher(values).replaceAll("$1@");
    String queries = WEB_QUERY.matcher(oracle).replaceAll("$1");
    String authorities = AUTHORITY.matcher(queries).replaceAll("$1");
    String urls = USER_INFO.matcher(authorities).replaceAll("//");
    return BARE_USER_INFO.matcher(urls).replaceAll("***@");
  }
}
