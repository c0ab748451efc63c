// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Formats names, numbers and times in the same way on every page. */
final class Formats {

  private static final String TIME = "yyyy-MM-dd HH:mm:ss 'UTC'";

  private Formats() {}

  /** Returns name and version: {@code orders 1.4.2}. */
  static String name(MigrationStatus status) {
    return (status.application() == null ? "the application" : status.application())
        + (status.appVersion() == null ? "" : " " + status.appVersion());
  }

  /** Returns a number with its noun: {@code 1 migration}, {@code 2 migrations}. */
  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Returns which of several tenants the facts are about; empty if there is only one database. */
  static Html whose(MigrationStatus status) {
    TenantsStatus tenants = status.tenants();
    if (tenants == null || tenants.worst().isEmpty()) {
      return Html.NONE;
    }
    String tenant = tenants.worst().get(0).tenant();
    return Html.tag("small", "of " + (tenant == null ? "" : tenant + ", ") + "the worst tenant");
  }

  /** Returns the first choice, then each alternative after an "or", because they are not steps. */
  static Html alternatives(List<String> actions) {
    Html first = Html.tag("p", ActionText.of(sentence(actions.get(0)))).in("lead");
    List<Html> others =
        actions.stream()
            .skip(1)
            .map(other -> Html.tag("li", Html.tag("b", "or "), ActionText.of(other)))
            .toList();
    return others.isEmpty()
        ? first
        : Html.all(first, Html.tag("ul", Html.all(others)).in("others"));
  }

  /**
   * Returns an action as a sentence. Actions begin in lower case, as in a log; a command or a name
   * at the beginning stays unchanged.
   */
  static String sentence(String action) {
    char second = action.length() > 1 ? action.charAt(1) : 0;
    boolean word = second == ' ' || Character.isLowerCase(second);
    return word ? Character.toUpperCase(action.charAt(0)) + action.substring(1) : action;
  }

  /** Returns an instant, for people and for programs. */
  static Html time(Instant instant) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern(TIME, Locale.ROOT);
    return Html.tag("time", format.format(instant.atOffset(ZoneOffset.UTC)))
        .with("datetime", instant.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Returns text for screen readers only. */
  static Html spoken(String text) {
    return Html.tag("span", text).in("spoken");
  }

  /**
   * Returns a symbol that is hidden from screen readers, because its meaning is next to it in
   * words.
   */
  static Html sign(String sign) {
    return Html.tag("span", sign).with("aria-hidden", "true");
  }
}
