// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.report.CompatibilityGrid.Cell;

/** The symbol of a cell. Symbols differ in shape as well as in colour. */
public enum GridSymbol {
  /** The revision that the version was built for. */
  EXPECTED("●", "expected"),
  /** The version runs on it. */
  COMPATIBLE("○", "compatible"),
  /** Something that the version needs is missing. */
  BEHIND("–", "behind: cannot start"),
  /** It is unknown whether the version runs on it. */
  UNKNOWN("?", "ahead, unknown: cannot start"),
  /** It is known that the version does not run on it. */
  REFUSED("✕", "ahead, refused: cannot start");

  private final String symbol;
  private final String meaning;

  GridSymbol(String symbol, String meaning) {
    this.symbol = symbol;
    this.meaning = meaning;
  }

  /** Returns the symbol of {@code cell}. */
  public static GridSymbol of(Cell cell) {
    return switch (cell.verdict()) {
      case UP_TO_DATE -> EXPECTED;
      case BEHIND_COMPATIBLE, AHEAD_COMPATIBLE -> COMPATIBLE;
      case AHEAD_UNKNOWN -> cell.compatible() ? COMPATIBLE : UNKNOWN;
      case AHEAD_INCOMPATIBLE -> REFUSED;
      case DRIFTED, BEHIND, UNINITIALIZED, FAILED, UNKNOWN_VERSION, UNREADABLE, UNREACHABLE ->
          BEHIND;
    };
  }

  /** Returns the colour of the cell. */
  StatusColor tone() {
    return switch (this) {
      case EXPECTED, COMPATIBLE -> StatusColor.YES;
      case UNKNOWN -> StatusColor.UNTOLD;
      case BEHIND, REFUSED -> StatusColor.NO;
    };
  }

  /** Returns the symbol, a single character. */
  public String symbol() {
    return symbol;
  }

  /** Returns what the symbol means, in a few words. */
  public String meaning() {
    return meaning;
  }
}
