// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Determines whether DataSources connect to the same database, without opening a connection. */
final class SameDatabase {

  private static final int DEPTH = 8;
  private static final String[] TARGETS = {"targetDataSource"};
  private static final String[] URLS = {"jdbcUrl", "url", "URL"};

  private SameDatabase() {}

  /** Returns whether both are the same DataSource behind their wrappers, or have the same URL. */
  static boolean test(DataSource one, DataSource other) {
    Object first = innermost(one);
    Object second = innermost(other);
    if (first.equals(second)) {
      return true;
    }
    String url = text(first, URLS);
    return url != null && url.equals(text(second, URLS));
  }

  /**
   * Returns whether both are known to be different databases, because their URLs end with different
   * names. One database may be reached by several hosts, such as a pooler's, and with different
   * parameters.
   */
  static boolean isOther(DataSource one, DataSource other) {
    String first = text(innermost(one), URLS);
    String second = text(innermost(other), URLS);
    return first != null && second != null && !name(first).equalsIgnoreCase(name(second));
  }

  private static String name(String url) {
    String place = url.replaceAll("[?;].*", "");
    return place.substring(Math.max(place.lastIndexOf('/'), place.lastIndexOf(':')) + 1);
  }

  private static Object innermost(DataSource dataSource) {
    Object at = dataSource;
    for (int depth = 0; depth < DEPTH; depth++) {
      Object target = first(at, TARGETS);
      if (!(target instanceof DataSource)) {
        return at;
      }
      at = target;
    }
    return at;
  }

  private static @Nullable String text(Object source, String... properties) {
    return first(source, properties) instanceof String text && !text.isBlank() ? text : null;
  }

  private static @Nullable Object first(Object source, String... properties) {
    BeanProperties values = new BeanProperties(source);
    for (String property : properties) {
      Object value = values.getter(property);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
