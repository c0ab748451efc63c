// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a row of the query {@code --databases-from} into a database. */
final class DatabaseRow {

  private static final String WHERE = "--databases-from";

  /**
   * Parameters with which a driver loads a class or runs a script. Whoever may write the table that
   * is queried must not be able to run code here.
   */
  private static final Pattern RUNS_CODE =
      Pattern.compile(
          "[;?&,(]\\s*(init|[\\w.]*(?:factory|class|plugin|interceptor|callback|deserialize"
              + "|verifier|module)[\\w.]*)\\s*=",
          Pattern.CASE_INSENSITIVE);

  private DatabaseRow() {}

  /**
   * Returns the database in a row: the label in the first column, the URL in the column {@code
   * url}, and if they exist, {@code user}, {@code password_env} and {@code password_file}.
   *
   * @param row the values that are not null, by the names of the columns in lower case
   * @throws ConfigurationException if there is no URL, if a column is unknown, or if the URL could
   *     run code
   */
  static ListedDatabase of(Map<String, String> row) {
    String label = row.values().iterator().next().strip();
    String where = WHERE + ", '" + label + "'";
    String url = null;
    Map<String, String> settings = new HashMap<>();
    boolean isLabel = true;
    for (Map.Entry<String, String> column : row.entrySet()) {
      String setting = column.getKey().replace('_', '-');
      if (!isLabel && setting.equals("url")) {
        url = column.getValue().strip();
      } else if (!isLabel && ListedDatabase.SETTINGS.contains(setting)) {
        settings.put(setting, column.getValue());
      } else if (!isLabel) {
        throw unknownColumn(column.getKey());
      }
      isLabel = false;
    }
    if (url == null) {
      throw new ConfigurationException(
          where,
          "the row has no url",
          "Select it under that name: SELECT name, jdbc_url AS url FROM customer");
    }
    Matcher code = RUNS_CODE.matcher(decoded(url));
    if (code.find()) {
      throw new ConfigurationException(
          where,
          "the URL sets '" + code.group(1) + "', with which a driver may run code",
          "Remove it from the table, or list this database in a file with --databases.");
    }
    return ListedDatabase.of(where, label, url, settings);
  }

  /** Returns the URL as a driver may read it, because some decode the names of parameters. */
  private static String decoded(String url) {
    try {
      return URLDecoder.decode(url, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return url;
    }
  }

  private static ConfigurationException unknownColumn(String column) {
    return column.matches("password|passwd|pwd")
        ? new ConfigurationException(
            WHERE,
            "the query selects a password",
            "Select where it is, as password_env or password_file; a password that all databases"
                + " share is given by SCHEMA_GUARD_PASSWORD.")
        : new ConfigurationException(
            WHERE,
            "the column '" + column + "' is unknown",
            "Select the label first, then url and, if needed, user, password_env and"
                + " password_file: SELECT name, jdbc_url AS url FROM customer");
  }
}
