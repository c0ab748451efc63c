// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Prometheus scrapes minute by minute, and which of the alerts in docs/deploy/alerts.yaml
 * fire. Prometheus's own promtool evaluates the rules.
 */
final class AlertStory {

  private static final Path RULES = Document.root().resolve("docs/deploy/alerts.yaml");

  private final Path folder;
  private final Map<String, List<String>> series = new TreeMap<>();
  private int minutes;

  AlertStory(Path folder) {
    this.folder = folder;
  }

  /** The next minute: the value of each series that exists then. */
  AlertStory minute(Map<String, Double> scraped) {
    scraped.keySet().forEach(name -> series.computeIfAbsent(name, key -> notYet(minutes)));
    series.forEach(
        (name, values) -> values.add(scraped.containsKey(name) ? "" + scraped.get(name) : "stale"));
    minutes++;
    return this;
  }

  /** Some minutes in which nothing changes. */
  AlertStory minutes(int count, Map<String, Double> scraped) {
    for (int minute = 0; minute < count; minute++) {
      minute(scraped);
    }
    return this;
  }

  private static List<String> notYet(int count) {
    return new ArrayList<>(Stream.generate(() -> "_").limit(count).toList());
  }

  /** Asserts that exactly these alerts have fired, for any instance, at any minute so far. */
  void fired(String... alerts) throws IOException, InterruptedException {
    String expected =
        Stream.of(alerts)
            .map(alert -> "\n          - {labels: '{alertname=\"%s\"}', value: 1}".formatted(alert))
            .collect(Collectors.joining());
    // One value per alert: the number of instances does not matter.
    test(
        "group by (alertname) (count_over_time(ALERTS{alertstate=\"firing\"}[30d]))",
        expected.isEmpty() ? " []" : expected);
  }

  private void test(String query, String expected) throws IOException, InterruptedException {
    String input =
        series.entrySet().stream()
            .map(
                each ->
                    "      - {series: '%s', values: '%s'}"
                        .formatted(each.getKey(), String.join(" ", each.getValue())))
            .collect(Collectors.joining("\n"));
    Path file = folder.resolve("story.yaml");
    Files.writeString(
        file,
        """
        rule_files: ['%s']
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
        %s
            promql_expr_test:
              - expr: '%s'
                eval_time: %dm
                exp_samples:%s
        """
            .formatted(RULES, input, query, minutes - 1, expected));
    assertThat(promtool("test", "rules", file.toString())).contains("SUCCESS");
  }

  /** The output of promtool. */
  static String promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
