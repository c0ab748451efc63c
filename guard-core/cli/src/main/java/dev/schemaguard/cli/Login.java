// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The user of a database, and where the password comes from. Immutable.
 *
 * @param user the user; null if none is given
 * @param password the password itself; null if it is not given in this way
 * @param variable the environment variable that holds the password; takes precedence over {@code
 *     password}
 * @param file the file whose first line is the password; takes precedence over the others
 */
record Login(
    @Nullable String user,
    @Nullable String password,
    @Nullable String variable,
    @Nullable Path file) {

  /** A final line break, which a secret created from a file often ends with. */
  private static final String LINE_END = "[\\r\\n]+$";

  /** Returns the same login with what it does not say taken from {@code shared}. */
  Login orElse(Login shared) {
    boolean hasPassword = password != null || variable != null || file != null;
    String name = user == null ? shared.user : user;
    return hasPassword
        ? new Login(name, password, variable, file)
        : new Login(name, shared.password, shared.variable, shared.file);
  }

  /** Returns the user without a final line break. */
  @Nullable String name() {
    return withoutLineEnd(user);
  }

  /**
   * Returns the source of the password for each new connection.
   *
   * @param where returns the location of an error, given {@code password-env} or {@code
   *     password-file}
   * @param mayAppear whether the file need not exist yet; it is read again for every connection in
   *     any case
   * @throws ConfigurationException if the variable is not set or the file cannot be read
   */
  DriverDataSource.Passwords passwords(UnaryOperator<String> where, boolean mayAppear) {
    if (file != null) {
      if (!mayAppear && !Files.isReadable(file)) {
        throw new ConfigurationException(
            where.apply("password-file"),
            file + " cannot be read",
            "Name a file that this user may read.");
      }
      return () -> firstLine(file);
    }
    String fixed = withoutLineEnd(variable == null ? password : value(variable, where));
    return () -> fixed;
  }

  private static String value(String variable, UnaryOperator<String> where) {
    String value = System.getenv(variable);
    if (value == null) {
      throw new ConfigurationException(
          where.apply("password-env"),
          "the environment variable " + variable + " is not set",
          "Set it, or name another one.");
    }
    return value;
  }

  /** Returns a value without its final line break. */
  static @Nullable String withoutLineEnd(@Nullable String value) {
    return value == null ? null : value.replaceFirst(LINE_END, "");
  }

  private static String firstLine(Path file) throws SQLException {
    try {
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new SQLInvalidAuthorizationSpecException(
          "the password file "
              + file
              + (Files.exists(file) ? " cannot be read" : " is not there")
              + "; it is read again for every connection",
          "28000");
    }
  }
}
