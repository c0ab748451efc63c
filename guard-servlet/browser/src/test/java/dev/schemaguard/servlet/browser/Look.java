// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.browser;

import com.microsoft.playwright.options.ColorScheme;

/** The screens on which a page is looked at. */
enum Look {
  DESKTOP_LIGHT(1280, 900, ColorScheme.LIGHT),
  DESKTOP_DARK(1280, 900, ColorScheme.DARK),
  PHONE_LIGHT(360, 740, ColorScheme.LIGHT),
  PHONE_DARK(360, 740, ColorScheme.DARK);

  final int width;
  final int height;
  final ColorScheme colors;

  Look(int width, int height, ColorScheme colors) {
    this.width = width;
    this.height = height;
    this.colors = colors;
  }
}
