// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.text.DatabaseUrl;
import java.lang.reflect.Method;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The name of a database and its user, for people: {@code app@pg3:5432/orders}. */
final class DatabaseName {

  private static final List<String> URL = List.of("getJdbcUrl", "getUrl", "getURL");
  private static final List<String> USER = List.of("getUsername", "getUser");
  private static final List<String> WRAPPED = List.of("getTargetDataSource", "getDataSource");
  private static final int DEPTH = 5;

  /** Oracle's {@code host:port:sid}. */
  private static final Pattern HOST_PORT_SID = Pattern.compile("([\\w.-]+:\\d+):.*");

  private DatabaseName() {}

  /** Returns the name of the database at the other end of a connection. */
  static String of(DatabaseMetaData metaData) throws SQLException {
    String url = metaData.getURL();
    String product = metaData.getDatabaseProductName();
    // SQL Server's driver queries the server to get the user.
    String user = product.startsWith("Microsoft") ? null : metaData.getUserName();
    return of(url == null ? product : DatabaseUrl.place(url), user);
  }

  /**
   * Returns the name of the database of a data source, from the properties that pools and drivers
   * have in common; null if it has none of them. No connection is opened.
   */
  static @Nullable String of(DataSource dataSource) {
    Object source = dataSource;
    for (int depth = 0; source != null && depth < DEPTH; depth++) {
      String url = text(source, URL);
      if (url != null) {
        return of(DatabaseUrl.place(url), text(source, USER));
      }
      source = value(source, WRAPPED);
    }
    return null;
  }

  /**
   * Returns the server in a name: {@code pg3:5432} in {@code app@pg3:5432/orders}. A database in a
   * file or in memory is its own server, or shares one with the others in files.
   */
  static String server(String name) {
    String place = name.substring(name.lastIndexOf('@') + 1);
    int path = place.indexOf('/');
    String hosts = path < 0 ? place : place.substring(0, path);
    Matcher withSid = HOST_PORT_SID.matcher(hosts);
    return withSid.matches() ? withSid.group(1) : hosts;
  }

  private static String of(String place, @Nullable String user) {
    return (user == null || user.isEmpty() ? "" : user.replaceAll("@.*", "") + "@") + place;
  }

  private static @Nullable String text(Object source, List<String> getters) {
    return value(source, getters) instanceof String text && !text.isBlank() ? text : null;
  }

  private static @Nullable Object value(Object source, List<String> getters) {
    for (String getter : getters) {
      try {
        Method method = source.getClass().getMethod(getter);
        return method.trySetAccessible() ? method.invoke(source) : null;
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // The property is missing or cannot be read; the next one may exist.
      }
    }
    return null;
  }
}
