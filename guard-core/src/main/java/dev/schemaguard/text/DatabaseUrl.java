// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Extracts the part of a JDBC URL that is safe to show. A URL that cannot be parsed is shortened
 * until nothing is left that may be a password.
 */
public final class DatabaseUrl {

  /** {@code ?a=b} and {@code ;a=b}; DB2 and Informix: {@code :a=b;}. */
  private static final Pattern PARAMETERS = Pattern.compile("[;?].*|:\\w+=.*", Pattern.DOTALL);

  private static final Pattern DATABASE =
      Pattern.compile("[;?&]database(?:Name)?=([^;&]+)", Pattern.CASE_INSENSITIVE);

  /** MySQL's and MariaDB's {@code (host=…)(password=…)} and {@code (user=…,password=…)}. */
  private static final Pattern KEY_VALUE = Pattern.compile("\\(([^()]*)\\)|address=");

  private static final Pattern HOST =
      Pattern.compile("(?:^|,)\\s*host\\s*=\\s*([^,)]+)", Pattern.CASE_INSENSITIVE);

  private static final Pattern PORT =
      Pattern.compile("(?:^|,)\\s*port\\s*=\\s*(\\d+)", Pattern.CASE_INSENSITIVE);

  private static final String HOST_PORT = "(?:[\\w.-]++|\\[[\\w:.%]++])?(?::\\d++)?";

  /** Hosts with their ports in the syntax of every driver, then the path. */
  private static final Pattern HOSTS =
      Pattern.compile("//" + HOST_PORT + "(?:," + HOST_PORT + ")*+(?:/[^@]*)?");

  private static final Pattern ORACLE = Pattern.compile("(jdbc:oracle:\\w+:)(?:\"[^\"]*\"|\\S)*@");

  private static final Pattern IN_MEMORY =
      Pattern.compile("(?:^|@)(?:h2:mem:|hsqldb:mem:|derby:memory:|sqlite::memory:)");

  private DatabaseUrl() {}

  /**
   * Returns host, port and name: {@code pg3:5432/orders} for {@code
   * jdbc:postgresql://pg3:5432/orders?…}.
   */
  public static String place(String url) {
    String known = withoutUserInfo(withoutKeys(url));
    Matcher named = DATABASE.matcher(known);
    String bare = PARAMETERS.matcher(known).replaceFirst("");
    int host = bare.indexOf("://");
    String place = host >= 0 ? bare.substring(host + 3) : bare.replaceFirst("^jdbc:", "");
    return Credentials.removedFrom(named.find() ? place + "/" + named.group(1) : place);
  }

  /** Returns the URL without {@code user:password@}, whatever characters the password contains. */
  private static String withoutUserInfo(String url) {
    Matcher oracle = ORACLE.matcher(url);
    if (oracle.lookingAt()) {
      return oracle.replaceFirst("$1@").replaceFirst(":@/*", "://");
    }
    int start = url.indexOf("//");
    int at = url.lastIndexOf('@');
    if (start < 0 || at < start) {
      return url;
    }
    int parameters =
        url.indexOf('?', start) < 0 ? url.indexOf(';', start) : url.indexOf('?', start);
    boolean inParameter =
        parameters >= 0 && parameters < at && url.substring(parameters, at).contains("=");
    return inParameter && HOSTS.matcher(url.substring(start, parameters)).matches()
        ? url
        : url.substring(0, start + 2) + url.substring(at + 1);
  }

  /** Returns the short form of hosts that are written as keys and values. */
  private static String withoutKeys(String url) {
    Matcher group = KEY_VALUE.matcher(url);
    StringBuilder bare = new StringBuilder();
    while (group.find()) {
      String keys = group.group(1) == null ? "" : group.group(1);
      Matcher host = HOST.matcher(keys);
      Matcher port = PORT.matcher(keys);
      String shown = (host.find() ? host.group(1) : "") + (port.find() ? ":" + port.group(1) : "");
      group.appendReplacement(bare, Matcher.quoteReplacement(shown));
    }
    return group.appendTail(bare).toString();
  }

  /**
   * Returns whether a place, with or without a user before it, is an in-memory database of this
   * process.
   */
  public static boolean isInMemory(String place) {
    return IN_MEMORY.matcher(place).find();
  }
}
