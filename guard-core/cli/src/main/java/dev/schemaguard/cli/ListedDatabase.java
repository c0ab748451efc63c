// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One of many databases, as a file or a query lists it. Immutable.
 *
 * @param where the location for errors: {@code databases.txt:7}, or the option and the label
 * @param label the name under which its result is reported
 * @param url its JDBC URL; never printed, because it may contain a password
 * @param login what the entry says about user and password
 */
record ListedDatabase(String where, String label, String url, Login login) {

  /** The settings of an entry beside label and URL. */
  static final Set<String> SETTINGS = Set.of("user", "password-env", "password-file");

  private static final String FORM =
      "Write label, URL and settings: anna jdbc:postgresql://host:5432/anna user=guard"
          + " password-file=/run/secrets/anna";

  /** Returns an error at a location. */
  static ConfigurationException error(String where, String reason) {
    return new ConfigurationException(where, reason, FORM);
  }

  /**
   * Returns the entry with these settings, whose names are those in {@link #SETTINGS}.
   *
   * @throws ConfigurationException if they contradict each other or cannot be used
   */
  static ListedDatabase of(String where, String label, String url, Map<String, String> settings) {
    if (!url.startsWith("jdbc:")) {
      throw error(where, "the URL of '" + label + "' does not begin with jdbc:");
    }
    String variable = settings.get("password-env");
    String file = settings.get("password-file");
    if (variable != null && file != null) {
      throw new ConfigurationException(
          where,
          "'" + label + "' has both password-env and password-file",
          "Leave out one of the two.");
    }
    return new ListedDatabase(
        where, label, url, new Login(settings.get("user"), null, variable, path(where, file)));
  }

  private static @Nullable Path path(String where, @Nullable String file) {
    try {
      return file == null ? null : Path.of(file);
    } catch (InvalidPathException e) {
      throw new ConfigurationException(
          where, "password-file is not a path", "Name a file that this user may read.", e);
    }
  }

  /** Returns the error about a setting that entries do not have. */
  static ConfigurationException unknown(String where, String setting) {
    return setting.matches("(?i)password|passwd|pwd")
        ? new ConfigurationException(
            where,
            "a password does not belong here",
            "Name where it is: password-env=VARIABLE or password-file=FILE; a password that all"
                + " databases share is given by SCHEMA_GUARD_PASSWORD.")
        : error(where, "'" + setting + "' is unknown; there are user, password-env, password-file");
  }

  /**
   * Returns the DataSource of the database.
   *
   * @param shared the login for what the entry does not say
   * @param mayAppear as in {@link Login#passwords}
   * @throws ConfigurationException if no driver accepts the URL, or there is no password where the
   *     entry says
   */
  DataSource dataSource(Login shared, boolean mayAppear) {
    Login complete = login.orElse(shared);
    boolean ownPassword = login.variable() != null || login.file() != null;
    return new DriverDataSource(
        where,
        url,
        complete.name(),
        complete.passwords(setting -> ownPassword ? where : "--" + setting, mayAppear));
  }
}
