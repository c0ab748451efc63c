// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.browser;

import com.microsoft.playwright.options.ColorScheme;
import dev.schemaguard.testing.Repetitions;
import java.util.List;

/** The screens on which a page is looked at. */
enum Look {
  DESKTOP_LIGHT(1280, 900, ColorScheme.LIGHT),
  DESKTOP_DARK(1280, 900, ColorScheme.DARK),
  PHONE_LIGHT(360, 740, ColorScheme.LIGHT),
  PHONE_DARK(360, 740, ColorScheme.DARK);

  private static final List<Look> BY_DIFFERENCE =
      List.of(PHONE_DARK, DESKTOP_LIGHT, PHONE_LIGHT, DESKTOP_DARK);

  /** All looks; in the fast build the two that differ most. */
  static List<Look> all() {
    return BY_DIFFERENCE.subList(0, Math.max(2, Repetitions.length(4)));
  }

  /** The two looks that differ most; in the fast build one of them. */
  static List<Look> extremes() {
    return BY_DIFFERENCE.subList(0, Repetitions.length(2));
  }

  final int width;
  final int height;
  final ColorScheme colors;

  Look(int width, int height, ColorScheme colors) {
    this.width = width;
    this.height = height;
    this.colors = colors;
  }
}
