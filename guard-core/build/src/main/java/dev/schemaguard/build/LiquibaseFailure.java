// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liquibase.util.LiquibaseUtil;

/** Explains why Liquibase cannot read a changelog. */
record LiquibaseFailure(LiquibaseSettings settings) {

  private static final int LONGEST_MESSAGE = 400;

  /**
   * The parts of a message to remove: nested exception types, the searched places, namespaces and
   * the final full stop.
   */
  private static final Pattern NOISE =
      Pattern.compile(
          "^(?:[\\w.]+(?:Exception|Error): )+| in the configured search path:.*"
              + "|\"https?://[^\"]*\":|\\.\\s*$",
          Pattern.DOTALL);

  private static final Pattern UNKNOWN_CHANGE =
      Pattern.compile(
          "Unknown change type '([^']+)'|cannot find the declaration of element '([^']+)'");

  private static final Pattern SCHEMA = Pattern.compile("dbchangelog-(\\d+)\\.(\\d+)\\.xsd");

  ConfigurationException circular() {
    return unreadable("it includes itself, perhaps through another changelog", fix());
  }

  /** Returns the error for an exception of Liquibase. */
  ConfigurationException of(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigurationException own) {
        return own;
      }
      if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
        return missingClass(String.valueOf(cause.getMessage()).replace('/', '.'));
      }
    }
    String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    return newerSchema(message)
        .map(version -> newer("dbchangelog-" + version + ".xsd"))
        .orElseGet(() -> unreadable(plain(message), action(message)));
  }

  /** Returns the error for something that only a newer Liquibase writes or reads. */
  ConfigurationException newer(String what) {
    return new ConfigurationException(
        settings.changelog(),
        what
            + " is of a Liquibase newer than "
            + LiquibaseUtil.getBuildVersion()
            + ", which reads the changelog here",
        "Put that Liquibase first on the class path: java -cp"
            + " 'liquibase-core-VERSION.jar:schema-guard-cli.jar' dev.schemaguard.cli.Main …; in a"
            + " test, raise the version of the test dependency org.liquibase:liquibase-core.");
  }

  private ConfigurationException missingClass(String name) {
    return unreadable(
        "the class " + name + " is missing",
        "Name the jar or directory that holds it: --classpath JAR. In a test, add it to the test"
            + " class path.");
  }

  private String action(String message) {
    if (UNKNOWN_CHANGE.matcher(message).find()) {
      return fix()
          + " If an extension of Liquibase defines it, name its jar: --classpath JAR. In a test, add"
          + " it to the test class path.";
    }
    return message.contains("${database.")
        ? "Say for which database the chain is: --dbms postgresql, or in a test"
            + " .dbms(\"postgresql\")."
        : fix();
  }

  private String fix() {
    return "Correct the file, or name another. It is searched "
        + settings.places()
        + ", by the path that the application gives to Liquibase.";
  }

  /** Returns the version of the changelog's schema, if this Liquibase is too old to contain it. */
  private static Optional<String> newerSchema(String message) {
    Matcher schema = SCHEMA.matcher(message);
    while (schema.find()) {
      int[] wanted = numbers(schema.group(1), schema.group(2));
      String[] own = LiquibaseUtil.getBuildVersion().split("[.-]", 3);
      int[] have = own.length < 2 ? wanted : numbers(own[0], own[1]);
      if (wanted[0] > have[0] || (wanted[0] == have[0] && wanted[1] > have[1])) {
        return Optional.of(schema.group(1) + "." + schema.group(2));
      }
    }
    return Optional.empty();
  }

  private static int[] numbers(String major, String minor) {
    return Stream.of(major, minor)
        .mapToInt(part -> part.matches("\\d{1,6}") ? Integer.parseInt(part) : 0)
        .toArray();
  }

  private static String plain(String message) {
    String plain = NOISE.matcher(message).replaceAll("").replaceAll("\\s+", " ").strip();
    String first = plain.substring(0, Math.min(plain.length(), LONGEST_MESSAGE));
    return first.length() < plain.length() ? first + "…" : first;
  }

  private ConfigurationException unreadable(String message, String action) {
    return new ConfigurationException(
        settings.changelog(), "Liquibase cannot read this changelog: " + message, action);
  }
}
