// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.report.GridSymbol;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** Explains the symbols of a grid in lines that fit the terminal; an entry is never split. */
final class GridLegend {

  private static final String SEPARATOR = "   ";

  private GridLegend() {}

  /** Returns the meaning of all symbols. */
  static String of(Wrapping wrapping) {
    return of(EnumSet.allOf(GridSymbol.class), "", wrapping);
  }

  /** Returns the meaning of these symbols, each line starting with {@code indent}. */
  static String of(Collection<GridSymbol> signs, String indent, Wrapping wrapping) {
    StringBuilder text = new StringBuilder(indent);
    int column = indent.length();
    String separator = "";
    for (GridSymbol sign : Set.copyOf(signs).stream().sorted().toList()) {
      String entry = sign.symbol() + " " + sign.meaning();
      int columns = separator.length() + Terminal.columns(entry);
      if (!separator.isEmpty() && column + columns >= wrapping.width()) {
        text.append('\n').append(indent).append(entry);
        column = indent.length() + columns - separator.length();
      } else {
        text.append(separator).append(entry);
        column += columns;
      }
      separator = SEPARATOR;
    }
    return text.toString();
  }
}
