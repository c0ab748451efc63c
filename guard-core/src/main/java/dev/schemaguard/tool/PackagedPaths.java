// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Detects paths that Liquibase recorded with the folder of an executable archive in them, or with
 * {@code classpath*:}. {@code DatabaseChangeLog.normalizePath}, tested with releases from 4.0 to
 * 5.0.4, removes neither, so such a changeset runs again under its plain path. Liquibase 4.3 to
 * 4.16 recorded such paths from {@code includeAll} in a Spring Boot archive and therefore finds
 * them again (liquibase issues 1755 and 5607).
 */
final class PackagedPaths {

  private static final Pattern IN_ARCHIVE =
      Pattern.compile("(?:classpath:)?/?(?:BOOT-INF|WEB-INF)/classes/.*");

  private static final String ANY_CLASSPATH = "classpath*:";

  private static final Pattern RELEASE = Pattern.compile("4\\.(\\d{1,4})(?:\\..*)?");
  private static final int FIRST_TO_RECORD = 3;
  private static final int LAST_TO_RECORD = 16;

  private PackagedPaths() {}

  static boolean isPackaged(String path) {
    return path.startsWith(ANY_CLASSPATH) || IN_ARCHIVE.matcher(path).matches();
  }

  /**
   * Returns why Liquibase would not find the changesets, unless the release that wrote the newest
   * row records such paths itself.
   *
   * @param path one of the recorded paths
   * @param order the columns to sort by, so that the newest row is the last
   */
  static Optional<String> unseen(
      DatabaseSession session, String qualifiedTable, String path, List<String> order)
      throws SQLException {
    return IN_ARCHIVE.matcher(path).matches()
            && isFoundAgainBy(newestRelease(session, qualifiedTable, order))
        ? Optional.empty()
        : Optional.of(
            "changesets are recorded with paths such as "
                + path
                + ", which Liquibase does not compare without the prefix: it would run them again");
  }

  private static boolean isFoundAgainBy(String release) {
    Matcher matcher = RELEASE.matcher(release);
    if (!matcher.matches()) {
      return false;
    }
    int minor = Integer.parseInt(matcher.group(1));
    return minor >= FIRST_TO_RECORD && minor <= LAST_TO_RECORD;
  }

  private static String newestRelease(
      DatabaseSession session, String qualifiedTable, List<String> order) throws SQLException {
    String sql =
        "SELECT LIQUIBASE FROM "
            + qualifiedTable
            + " ORDER BY "
            + String.join(" DESC, ", order)
            + " DESC";
    List<String> newest = new ArrayList<>();
    try {
      session.forEach(sql, List.of(), 1, row -> newest.add(String.valueOf(row.getString(1))));
    } catch (SQLException e) {
      // A table of an old release without the column.
      session.recoverFrom(e);
    }
    return newest.isEmpty() ? "" : newest.get(0);
  }
}
