// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a schema file, which states the database product. */
public final class SchemaFileName {

  private static final Pattern NAME = Pattern.compile("schema\\.(?:([^.]*)\\.)?txt");

  private SchemaFileName() {}

  /**
   * Returns the name of the file for a product.
   *
   * @param dbms Liquibase's short name of it: {@code postgresql}
   */
  public static String of(String dbms) {
    return "schema." + dbms + ".txt";
  }

  /**
   * Returns the product in the name of a file, which is an empty text if the name lacks it; empty
   * if it is not the name of a schema file.
   */
  public static Optional<String> dbms(String fileName) {
    Matcher name = NAME.matcher(fileName);
    return name.matches()
        ? Optional.of(Optional.ofNullable(name.group(1)).orElse(""))
        : Optional.empty();
  }
}
