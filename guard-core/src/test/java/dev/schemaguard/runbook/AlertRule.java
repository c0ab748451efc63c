// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An alerting rule of Prometheus whose expression compares one gauge with one number; there is no
 * other kind here.
 *
 * @param series the gauge with its label, as in {@code gauge{label="value"}}
 * @param lasting how long the comparison must hold, at every evaluation, before the alert fires
 */
record AlertRule(String name, String series, String comparison, double number, Duration lasting) {

  private static final Pattern EXPRESSION =
      Pattern.compile("(\\w+(?:\\{\\w+=\"\\w+\"})?) (==|>) (\\d+)");
  private static final Pattern LASTING = Pattern.compile("(\\d+)([mh])");

  /** The rules of the file. */
  static List<AlertRule> all() {
    return DeploymentFile.of("alerts.yaml").values("rules").stream()
        .map(rule -> of((Map<?, ?>) rule))
        .toList();
  }

  private static AlertRule of(Map<?, ?> rule) {
    Matcher expression = EXPRESSION.matcher(rule.get("expr").toString());
    Matcher lasting = LASTING.matcher(rule.get("for").toString());
    if (!expression.matches() || !lasting.matches()) {
      throw new IllegalArgumentException("not such a rule: " + rule);
    }
    return new AlertRule(
        rule.get("alert").toString(),
        expression.group(1),
        expression.group(2),
        Double.parseDouble(expression.group(3)),
        Duration.parse("PT" + lasting.group(1) + lasting.group(2)));
  }

  /** The name of the gauge. */
  String gauge() {
    return series.replaceFirst("\\{.*", "");
  }

  /**
   * The minutes at which the alert fires for one instance that is scraped, and the rule evaluated,
   * every minute.
   *
   * @param samples of each minute its series; none where the instance is not there
   */
  Set<Integer> firing(List<Map<String, Double>> samples) {
    Set<Integer> firing = new TreeSet<>();
    int since = -1;
    for (int minute = 0; minute < samples.size(); minute++) {
      Double value = samples.get(minute).get(series);
      boolean holds = value != null && (comparison.equals("==") ? value == number : value > number);
      since = !holds ? -1 : since < 0 ? minute : since;
      if (holds && minute - since >= lasting.toMinutes()) {
        firing.add(minute);
      }
    }
    return firing;
  }
}
