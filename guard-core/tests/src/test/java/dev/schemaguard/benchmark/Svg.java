// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import java.util.Locale;

/** A picture in SVG that is being written, element by element. */
final class Svg {

  private final StringBuilder elements = new StringBuilder(8_000);

  /** An empty picture, named for those who cannot see it. */
  Svg(int width, int height, String title, String styles) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">",
        width, height);
    add("<title>%s</title>", escaped(title));
    add("<style>%s</style>", styles);
    add("<rect class=\"back\" width=\"100%%\" height=\"100%%\" rx=\"6\" />");
  }

  void line(String type, double x1, double y1, double x2, double y2) {
    add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" />",
        type, x1, y1, x2, y2);
  }

  /**
   * Lines from each point to the next, and a dot on each.
   *
   * @param points pairs of x and y
   */
  void curve(String lineType, String dotType, double[]... points) {
    StringBuilder line = new StringBuilder();
    for (double[] point : points) {
      line.append(String.format(Locale.ROOT, " %.1f,%.1f", point[0], point[1]));
    }
    add("<polyline class=\"%s\" points=\"%s\" />", lineType, line.substring(1));
    for (double[] point : points) {
      add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\" />", dotType, point[0], point[1]);
    }
  }

  /**
   * Words on a line.
   *
   * @param anchor what of them stands at x: start, middle or end
   */
  void text(String type, String anchor, double x, double y, String words) {
    add(
        "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
        type, anchor, x, y, escaped(words));
  }

  private void add(String form, Object... values) {
    elements.append(String.format(Locale.ROOT, form, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The whole picture. */
  @Override
  public String toString() {
    return elements + "</svg>\n";
  }
}
