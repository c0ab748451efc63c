// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.settings.SettingPrefix;
import dev.schemaguard.settings.UnknownSetting;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The context parameters. A setting has the same name in every adapter that supports it. */
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
  STRUCTURE,
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

  /** How the names of settings are written in an error. */
  static final SettingPrefix NAMES = new SettingPrefix("context parameter " + PREFIX + ".");

  /**
   * Returns the setting for a context parameter.
   *
   * @throws ConfigurationException if there is no such setting
   */
  static Setting of(String parameter) {
    return Arrays.stream(values())
        .filter(setting -> setting.parameter().equals(parameter))
        .findFirst()
        .orElseThrow(() -> unknown(parameter));
  }

  private static ConfigurationException unknown(String parameter) {
    List<String> known = Arrays.stream(values()).map(Setting::parameter).toList();
    return UnknownSetting.error(
        List.of(UnknownSetting.of("context parameter " + parameter, parameter, known)));
  }

  /** Returns the name of the context parameter, such as {@code schema-guard.wait-timeout}. */
  String parameter() {
    return PREFIX + "." + word(this);
  }

  /**
   * Returns whether this setting describes the guard, and not how the web application presents it.
   */
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
          STRUCTURE,
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

  /** Returns a constant as it is written in a setting: {@code SERVE_503} as {@code serve-503}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
