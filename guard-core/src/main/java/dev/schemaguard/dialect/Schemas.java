// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lists the schemas of a database that may be an application's. */
public final class Schemas {

  private static final char ESCAPE = '\\';

  private Schemas() {}

  /**
   * Returns the names of all of them, including those that the role may not use.
   *
   * @throws SQLException if the database refuses
   */
  public static List<String> of(DatabaseSession session) throws SQLException {
    Set<String> system = session.dialect().systemSchemas();
    List<String> names = new ArrayList<>();
    for (String name : TableCatalog.of(session).schemaNames()) {
      if (!system.contains(name.toLowerCase(Locale.ROOT))) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * Returns those of {@code names} that match {@code pattern} as in SQL's LIKE: {@code %} matches
   * any characters, {@code _} matches one, and a backslash escapes either. If none matches in this
   * letter case, letter case is ignored.
   */
  public static List<String> matching(List<String> names, String pattern) {
    List<String> exact = new ArrayList<>();
    List<String> similar = new ArrayList<>();
    String folded = pattern.toLowerCase(Locale.ROOT);
    for (String name : names) {
      if (isLike(name, pattern)) {
        exact.add(name);
      }
      if (isLike(name.toLowerCase(Locale.ROOT), folded)) {
        similar.add(name);
      }
    }
    return exact.isEmpty() ? similar : exact;
  }

  /** Returns whether {@code name} matches {@code pattern} as in LIKE, in this letter case. */
  static boolean isLike(String name, String pattern) {
    int i = 0;
    int p = 0;
    int star = -1;
    int taken = 0;
    while (i < name.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
      boolean escaped = wanted == ESCAPE && p + 1 < pattern.length();
      if (p < pattern.length() && wanted == '%') {
        star = p++;
        taken = i;
      } else if (p < pattern.length()
          && (escaped
              ? pattern.charAt(p + 1) == name.charAt(i)
              : wanted == '_' || wanted == name.charAt(i))) {
        i++;
        p += escaped ? 2 : 1;
      } else if (star >= 0) {
        p = star + 1;
        i = ++taken;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '%') {
      p++;
    }
    return p == pattern.length();
  }
}
