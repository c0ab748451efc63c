// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** The context parameters, by the names that they have in every adapter where it has them too. */
enum Setting {
  ENABLED,
  AUTO,
  MODE,
  ON_UNREACHABLE,
  ON_REFUSAL,
  WAIT_TIMEOUT,
  TIMEOUT,
  REFRESH_INTERVAL,
  ACCEPT,
  APPLICATION_NAME,
  APPLICATION_VERSION,
  ENVIRONMENT,
  MATRIX,
  REVISIONS,
  DATA_SOURCE,
  TOOL,
  SCHEMA,
  SCHEMAS,
  SCHEMAS_FROM,
  TABLE,
  LOCK_TABLE,
  ASSUME_NEW,
  REVISION_COLUMN,
  ORDER_COLUMN,
  APPLIED_WHEN,
  FAILED_WHEN,
  ROWS_WHERE,
  ROWS_HOLD,
  PAGES,
  DETAILS,
  ACCESS,
  CLIENT_HEADER,
  CLIENTS;

  static final String PREFIX = "schema-guard";

  /** The setting that a context parameter sets. */
  static Setting of(String parameter) {
    return Arrays.stream(values())
        .filter(setting -> setting.parameter().equals(parameter))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "context parameter " + parameter,
                    "there is no such setting",
                    "Correct its name or remove it; the nearest is " + nearest(parameter) + "."));
  }

  /** The name of the context parameter: {@code schema-guard.wait-timeout}. */
  String parameter() {
    return PREFIX + "." + word(this);
  }

  /** Whether it says what is guarded and how, and not how the web application shows it. */
  boolean describesGuard() {
    return switch (this) {
      case MODE,
          ON_UNREACHABLE,
          WAIT_TIMEOUT,
          TIMEOUT,
          REFRESH_INTERVAL,
          ACCEPT,
          APPLICATION_NAME,
          APPLICATION_VERSION,
          ENVIRONMENT,
          MATRIX,
          REVISIONS,
          DATA_SOURCE,
          TOOL,
          SCHEMA,
          SCHEMAS,
          SCHEMAS_FROM,
          TABLE,
          LOCK_TABLE,
          ASSUME_NEW,
          REVISION_COLUMN,
          ORDER_COLUMN,
          APPLIED_WHEN,
          FAILED_WHEN,
          ROWS_WHERE,
          ROWS_HOLD ->
          true;
      case ENABLED, AUTO, ON_REFUSAL, PAGES, DETAILS, ACCESS, CLIENT_HEADER, CLIENTS -> false;
    };
  }

  /** How a constant is written in a setting: {@code SERVE_503} as {@code serve-503}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String nearest(String parameter) {
    return Stream.of(values())
        .map(Setting::parameter)
        .min(Comparator.comparingInt(name -> distance(name, parameter)))
        .orElseThrow();
  }

  /** How many characters must be inserted, removed or replaced to turn a into b (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
