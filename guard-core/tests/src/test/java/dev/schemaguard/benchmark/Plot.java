// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A picture of curves over two logarithmic axes, each with its name at its end: SVG with colours of
 * its own for light and for dark pages.
 */
final class Plot {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 440;
  private static final int LEFT = 88;
  private static final int RIGHT = 600;
  private static final int TOP = 48;
  private static final int BOTTOM = 384;
  private static final int LABEL_HEIGHT = 17;
  private static final int TURNS = 100;

  private static final List<String> ON_LIGHT =
      List.of(
          "#5f6368", "#0b57d0", "#00796b", "#6a3fb5", "#b3261e", "#c4320a", "#9a5b00", "#a0157f");

  private static final List<String> ON_DARK =
      List.of(
          "#bdc1c6", "#8ab4f8", "#5fd3bc", "#c3a6ff", "#ff8a80", "#ffab70", "#f2c14e", "#ff94d6");

  private static final String STYLES =
      """
      text { font: 13px system-ui, sans-serif; fill: #1f2328 }
      .back { fill: #ffffff } .grid { stroke: #d8dee4 }
      .curve { fill: none; stroke-width: 2 } .title { font-weight: bold }
      %s@media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .back { fill: #0d1117 } .grid { stroke: #30363d }
      %s}
      """;

  private final String title;
  private final String xName;
  private final String yName;
  private final List<Curve> curves = new ArrayList<>();

  /** One line of the picture; from the first y that is not positive on, nothing was measured. */
  private static final class Curve {
    final String name;
    final int[] xs;
    final double[] ys;

    Curve(String name, int[] xs, double[] ys) {
      this.name = name;
      this.xs = xs;
      this.ys = ys;
    }

    int size() {
      int measured = 0;
      while (measured < ys.length && ys[measured] > 0) {
        measured++;
      }
      return measured;
    }

    double[][] points(Axis x, Axis y) {
      return IntStream.range(0, size())
          .mapToObj(i -> new double[] {x.at(xs[i]), y.at(ys[i])})
          .toArray(double[][]::new);
    }
  }

  /** A picture without curves. */
  Plot(String title, String xName, String yName) {
    this.title = title;
    this.xName = xName;
    this.yName = yName;
  }

  /** Adds a curve; of the code marks of Markdown in its name nothing is shown. */
  Plot line(String name, int[] xs, double[] ys) {
    if (curves.size() == ON_LIGHT.size()) {
      throw new IllegalStateException("no colour for one more curve: " + name);
    }
    curves.add(new Curve(name.replace("`", ""), xs, ys));
    return this;
  }

  /** The picture; every curve has a first point at least. */
  String svg() {
    int[] xs = curves.stream().flatMapToInt(c -> Arrays.stream(c.xs)).sorted().distinct().toArray();
    double[] ys =
        curves.stream().flatMapToDouble(c -> Arrays.stream(c.ys, 0, c.size())).sorted().toArray();
    Axis x = new Axis(xs[0], xs[xs.length - 1], LEFT, RIGHT);
    int lowest = (int) Math.floor(Math.log10(ys[0]));
    int highest = (int) Math.ceil(Math.log10(ys[ys.length - 1]));
    Axis y = new Axis(Math.pow(10, lowest), Math.pow(10, highest), BOTTOM, TOP);
    Svg svg = new Svg(WIDTH, HEIGHT, title, STYLES.formatted(styles(ON_LIGHT), styles(ON_DARK)));
    svg.text("title", "start", LEFT, TOP - 24, title);
    for (int tick : xs) {
      svg.line("grid", x.at(tick), TOP, x.at(tick), BOTTOM);
      svg.text("tick", "middle", x.at(tick), BOTTOM + 20, Cells.whole(tick));
    }
    svg.text("tick", "middle", (LEFT + RIGHT) / 2.0, BOTTOM + 42, xName);
    for (int power = lowest; power <= highest; power++) {
      double tick = Math.pow(10, power);
      svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
      String number = power < 0 ? String.valueOf(tick) : Cells.whole(tick);
      svg.text("tick", "end", LEFT - 8, y.at(tick) + 4, number + " " + yName);
    }
    double[] labels = labels(y);
    for (int i = 0; i < labels.length; i++) {
      Curve curve = curves.get(i);
      double[][] points = curve.points(x, y);
      svg.curve("curve s" + i, "f" + i, points);
      svg.text("f" + i, "start", points[points.length - 1][0] + 9, labels[i] + 4, curve.name);
    }
    return svg.toString();
  }

  /** Where the names stand: at the ends of their curves, as far as no name is upon another one. */
  private double[] labels(Axis y) {
    double[] ends = curves.stream().mapToDouble(c -> y.at(c.ys[c.size() - 1])).toArray();
    List<Integer> fromTop =
        IntStream.range(0, ends.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> ends[i]))
            .toList();
    // What is moved apart may meet the next one.
    for (int turn = 0; turn < TURNS; turn++) {
      for (int i = 1; i < fromTop.size(); i++) {
        int above = fromTop.get(i - 1);
        int below = fromTop.get(i);
        double missing = LABEL_HEIGHT - (ends[below] - ends[above]);
        if (missing > 0) {
          ends[above] -= missing / 2;
          ends[below] += missing / 2;
        }
      }
    }
    return ends;
  }

  private static String styles(List<String> colours) {
    StringBuilder styles = new StringBuilder();
    for (int i = 0; i < colours.size(); i++) {
      styles.append(
          ".s%d { stroke: %s } .f%d { fill: %s }\n"
              .formatted(i, colours.get(i), i, colours.get(i)));
    }
    return styles.toString();
  }

  /** Where the values of a logarithmic axis stand. */
  private record Axis(double least, double most, double begin, double end) {
    double at(double value) {
      return begin + (end - begin) * Math.log(value / least) / Math.log(most / least);
    }
  }
}
