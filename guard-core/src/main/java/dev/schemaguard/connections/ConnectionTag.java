// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.connections;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name that an application's connections carry on the server: {@code statewave/0.6.0}. It is
 * written by the driver when it connects, so it is neither a table nor a statement.
 *
 * <p>Each part holds letters and digits of ASCII and {@code . _ + ~ -}; any other character becomes
 * {@code _}, for the slash divides the parts, and a comma or a colon divides MariaDB's attributes.
 * A part of over 31 characters is cut and then ends with {@code ~}: together that is 63, as much as
 * PostgreSQL keeps ({@code NAMEDATALEN - 1}). No version can be compared that ends so, hence a
 * version that was cut is never taken for another one.
 *
 * @param application the application's name
 * @param version its version
 */
public record ConnectionTag(String application, String version)
    implements Comparable<ConnectionTag> {

  private static final int LONGEST_PART = 31;
  private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9._+~-]");
  private static final String PART = "([A-Za-z0-9._+~-]{1,31})";
  private static final Pattern FORM = Pattern.compile(PART + "/" + PART);

  /** The property of pgjdbc, {@code org.postgresql.PGProperty.APPLICATION_NAME}. */
  private static final String POSTGRES = "ApplicationName";

  /** The property of MariaDB's Connector/J and of MySQL's, which give it the same form. */
  private static final String MARIADB = "connectionAttributes";

  /** The attribute that the mark is; the drivers set none of this name. */
  static final String ATTRIBUTE = "program_name";

  /** Makes the parts fit. */
  public ConnectionTag {
    application = part("application", application);
    version = part("version", version);
  }

  /**
   * The mark of an application.
   *
   * @throws IllegalArgumentException if a part is blank
   */
  public static ConnectionTag of(String application, String version) {
    return new ConnectionTag(application, version);
  }

  /** The mark that a connection carries, or empty where it carries none. */
  public static Optional<ConnectionTag> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new ConnectionTag(form.group(1), form.group(2)))
        : Optional.empty();
  }

  private static String part(String name, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "the " + name + " of a mark is blank; connections are marked with a name and a version");
    }
    String fitting = UNFIT.matcher(text.strip()).replaceAll("_");
    return fitting.length() > LONGEST_PART ? fitting.substring(0, LONGEST_PART - 1) + "~" : fitting;
  }

  /** Whether it is that of some version of the application with this name. */
  public boolean isOf(String applicationName) {
    return !applicationName.isBlank() && application.equals(part("application", applicationName));
  }

  /**
   * The driver's properties that put this mark on every connection to {@code jdbcUrl}; empty where
   * the URL names the connection itself, and for databases whose connections cannot be read
   * afterwards. Known are {@code jdbc:postgresql:}, {@code jdbc:mariadb:} and {@code jdbc:mysql:}.
   */
  public Map<String, String> properties(String jdbcUrl) {
    String url = jdbcUrl.toLowerCase(Locale.ROOT);
    if (url.startsWith("jdbc:postgresql:")) {
      return unlessSet(url, POSTGRES, toString());
    }
    return url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")
        ? unlessSet(url, MARIADB, ATTRIBUTE + ":" + this)
        : Map.of();
  }

  private static Map<String, String> unlessSet(String url, String property, String value) {
    return url.contains(property.toLowerCase(Locale.ROOT) + "=")
        ? Map.of()
        : Map.of(property, value);
  }

  @Override
  public int compareTo(ConnectionTag other) {
    return toString().compareTo(other.toString());
  }

  /** As a connection carries it. */
  @Override
  public String toString() {
    return application + "/" + version;
  }
}
