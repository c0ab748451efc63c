// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Starts of an application with and without the guard: every round starts each variant once, in a
 * fresh JVM and in an order by chance.
 *
 * @param <V> what tells the variants apart
 */
public final class Starts<V> {

  /** The line by which an application tells that it is started. */
  public static final String STARTED = "started";

  /** Begins the line, after that one, by which it tells its processor time until then. */
  public static final String PROCESSOR_MILLIS = "processor ms ";

  private static final int WARM_UP_ROUNDS = 2;

  /** How long a start took, and how much time of all processors, both in milliseconds. */
  public record Start(double time, double processorTime) {}

  private final List<Map<V, Start>> rounds;

  private Starts(List<Map<V, Start>> rounds) {
    this.rounds = rounds;
  }

  /** Measures so many rounds, after two that do not count. */
  public static <V> Starts<V> measure(Map<V, Launch> launches, int rounds) throws Exception {
    List<Map<V, Start>> measured = new ArrayList<>();
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      Map<V, Start> starts = startAll(launches);
      if (round >= 0) {
        measured.add(starts);
      }
    }
    return new Starts<>(measured);
  }

  private static <V> Map<V, Start> startAll(Map<V, Launch> launches) throws Exception {
    List<V> order = new ArrayList<>(launches.keySet());
    Collections.shuffle(order);
    Map<V, Start> starts = new HashMap<>();
    for (V variant : order) {
      starts.put(variant, start(launches.get(variant)));
    }
    return starts;
  }

  private static Start start(Launch launch) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process = new ProcessBuilder(launch.command()).redirectErrorStream(true).start();
    long end = 0;
    double processorTime = 0;
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(STARTED)) {
          end = System.nanoTime();
        } else if (line.startsWith(PROCESSOR_MILLIS)) {
          processorTime = Long.parseLong(line.substring(PROCESSOR_MILLIS.length()));
        }
        output.append(line).append('\n');
      }
    }
    boolean checked = output.toString().contains("Schema is up to date");
    if (process.waitFor() != 0 || end == 0 || checked != launch.guarded()) {
      throw new IllegalStateException(output.toString());
    }
    return new Start((end - begin) / 1e6, processorTime);
  }

  /** The lines above the rows. */
  public static List<String> header() {
    return List.of(
        "",
        "| application | without | with the guard | added | 95 % interval |",
        "|---|--:|--:|--:|--:|");
  }

  /** The row that compares the medians of one figure with the guard and without it. */
  public String row(String name, V without, V with, ToDoubleFunction<Start> figure) {
    double[] millisWithout = sorted(rounds, without, figure);
    double[] millisWith = sorted(rounds, with, figure);
    double[] percents = resampledPercents(without, with, figure);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.0f ms, **%.1f %%** | %.1f to %.1f %% |",
        name,
        quartiles(millisWithout),
        quartiles(millisWith),
        quantile(millisWith, 0.5) - quantile(millisWithout, 0.5),
        addedPercent(rounds, without, with, figure),
        quantile(percents, 0.025),
        quantile(percents, 0.975));
  }

  private static String quartiles(double[] millis) {
    return String.format(
        Locale.ROOT,
        "%.0f ms (%.0f–%.0f)",
        quantile(millis, 0.5),
        quantile(millis, 0.25),
        quantile(millis, 0.75));
  }

  /** Bootstrap: what the same computation says of rounds drawn at random from those measured. */
  private double[] resampledPercents(V without, V with, ToDoubleFunction<Start> figure) {
    Random random = new Random(1);
    return IntStream.range(0, 10_000)
        .mapToObj(n -> random.ints(rounds.size(), 0, rounds.size()).mapToObj(rounds::get))
        .mapToDouble(drawn -> addedPercent(drawn.toList(), without, with, figure))
        .sorted()
        .toArray();
  }

  private static <V> double addedPercent(
      List<Map<V, Start>> drawn, V without, V with, ToDoubleFunction<Start> figure) {
    double before = quantile(sorted(drawn, without, figure), 0.5);
    return 100 * (quantile(sorted(drawn, with, figure), 0.5) / before - 1);
  }

  private static <V> double[] sorted(
      List<Map<V, Start>> drawn, V variant, ToDoubleFunction<Start> figure) {
    return drawn.stream().map(round -> round.get(variant)).mapToDouble(figure).sorted().toArray();
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
