// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.connections;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name that an application's connections carry on the server: {@code statewave/0.6.0}. The
 * driver sends it when it connects, so no table and no statement is needed.
 *
 * <p>Each part contains ASCII letters and digits and {@code . _ + ~ -}. Any other character becomes
 * {@code _}, because the slash separates the parts, and a comma or a colon separates MariaDB's
 * attributes. A part of more than 31 characters is cut and then ends with {@code ~}. Both parts
 * together then have at most 63 characters, which is the maximum in PostgreSQL ({@code NAMEDATALEN
 * - 1}). A version that ends with {@code ~} cannot be compared, so a version that was cut is never
 * mistaken for another one.
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

  /**
   * The property of the drivers of MariaDB and MySQL (both Connector/J), which use the same format
   * for it.
   */
  private static final String MARIADB = "connectionAttributes";

  /** The attribute that contains the tag. The drivers do not set an attribute with this name. */
  public static final String ATTRIBUTE = "program_name";

  /** Makes the parts fit the format. */
  public ConnectionTag {
    application = part("application", application);
    version = part("version", version);
  }

  /**
   * Returns the tag of an application.
   *
   * @throws IllegalArgumentException if a part is blank
   */
  public static ConnectionTag of(String application, String version) {
    return new ConnectionTag(application, version);
  }

  /** Returns the tag that {@code text} spells, or empty if the connection is untagged. */
  public static Optional<ConnectionTag> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new ConnectionTag(form.group(1), form.group(2)))
        : Optional.empty();
  }

  private static String part(String name, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "the " + name + " of a tag is blank; connections are tagged with a name and a version");
    }
    String fitting = UNFIT.matcher(text.strip()).replaceAll("_");
    return fitting.length() > LONGEST_PART ? fitting.substring(0, LONGEST_PART - 1) + "~" : fitting;
  }

  /** Returns whether this is the tag of any version of the application with this name. */
  public boolean isOf(String applicationName) {
    return !applicationName.isBlank() && application.equals(part("application", applicationName));
  }

  /**
   * Returns the driver's properties that put this tag on every connection to {@code jdbcUrl}. The
   * result is empty if the URL names the connection itself, and for databases whose connections
   * cannot be read afterwards. Supported are {@code jdbc:postgresql:}, {@code jdbc:mariadb:} and
   * {@code jdbc:mysql:}.
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

  /** Returns the tag as a connection carries it. */
  @Override
  public String toString() {
    return application + "/" + version;
  }
}
