// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.status.MigrationStatus;

/** The result of a status at a glance: a symbol, a word and a colour, each sufficient by itself. */
enum StatusColor {
  /** The application can run. */
  YES("✔", "Yes", "go", "%230a7a32", "M9 17l5 5 10-12"),
  /** The application must not run. */
  NO("✖", "No", "stop", "%23b3142d", "M10 10l12 12M22 10L10 22"),
  /** It is unknown whether the application can run. */
  UNTOLD("?", "Unknown", "untold", "%238a5a00", "M11 12a5 5 0 1 1 6 5v2M17 23v1");

  private static final String ICON =
      "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
          + "<circle cx='16' cy='16' r='16' fill='%s'/>"
          + "<path d='%s' fill='none' stroke='white' stroke-width='4'/></svg>";

  private final String sign;
  private final String word;
  private final String styleClass;
  private final String colour;
  private final String path;

  StatusColor(String sign, String word, String styleClass, String colour, String path) {
    this.sign = sign;
    this.word = word;
    this.styleClass = styleClass;
    this.colour = colour;
    this.path = path;
  }

  static StatusColor of(MigrationStatus status) {
    return status.compatible() ? YES : status.verdict().isKnown() ? NO : UNTOLD;
  }

  String sign() {
    return sign;
  }

  String word() {
    return word;
  }

  /** Returns its class in the style sheet. */
  String styleClass() {
    return styleClass;
  }

  /** Returns the icon of the browser tab, as an address that needs no request. */
  String icon() {
    return ICON.formatted(colour, path);
  }
}
