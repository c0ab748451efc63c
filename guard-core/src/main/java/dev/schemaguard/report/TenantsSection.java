// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.all;
import static dev.schemaguard.report.Html.tag;
import static dev.schemaguard.report.Html.text;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The section that shows how many tenants have each verdict, and which tenants differ, the worst
 * first.
 */
final class TenantsSection {

  private static final int MOST_SHOWN = 20;
  private static final int MOST_NAMED = 20;

  private final TenantsStatus tenants;
  private final boolean named;

  TenantsSection(TenantsStatus tenants) {
    this.tenants = tenants;
    this.named = tenants.worst().stream().allMatch(one -> one.tenant() != null);
  }

  Html html() {
    return tag(
            "section",
            tag("h2", "Tenants").with("id", "tenants"),
            tenants.count() == 0 ? tag("p", "The tenants could not be listed.") : counts(),
            tenants.worst().isEmpty() ? Html.NONE : all(table(), more()))
        .in("tenants")
        .with("aria-labelledby", "tenants");
  }

  private Html counts() {
    List<Html> counts = new ArrayList<>();
    tenants.byVerdict().forEach((verdict, number) -> counts.add(count(verdict, number)));
    return all(
        tag("p", Formats.count(tenants.count(), "tenant") + ":"),
        tag("ul", all(counts)).in("counts"));
  }

  private Html count(Verdict verdict, int number) {
    StatusColor tone = tone(verdict);
    return tag(
            "li",
            Formats.sign(tone.sign()),
            text(" "),
            tag("b", String.valueOf(number)),
            text(" " + verdict))
        .in(tone.styleClass());
  }

  /**
   * Returns the colour of the worst tenant with this verdict. It can differ between tenants,
   * because some rows allow unknown revisions.
   */
  private StatusColor tone(Verdict verdict) {
    return tenants.worst().stream()
        .map(TenantStatus::status)
        .filter(status -> status.verdict() == verdict)
        .findFirst()
        .map(StatusColor::of)
        .orElse(StatusColor.YES);
  }

  private Html table() {
    List<Html> rows = groups().stream().limit(MOST_SHOWN).map(this::row).toList();
    return tag(
        "table",
        tag("caption", "Tenants that are not up to date, the worst first"),
        tag(
            "thead",
            tag("tr", named ? column("Tenants") : Html.NONE, column("Verdict"), column("Summary"))),
        tag("tbody", all(rows)));
  }

  private static Html column(String name) {
    return tag("th", name).with("scope", "col");
  }

  /** Returns the tenants grouped by verdict and summary, the worst first. */
  private List<List<TenantStatus>> groups() {
    Map<String, List<TenantStatus>> groups = new LinkedHashMap<>();
    for (TenantStatus one : tenants.worst()) {
      String alike = one.status().verdict() + " " + one.status().summary();
      groups.computeIfAbsent(alike, unused -> new ArrayList<>()).add(one);
    }
    return List.copyOf(groups.values());
  }

  private static Html names(List<TenantStatus> group) {
    String names =
        group.stream()
            .limit(MOST_NAMED)
            .map(one -> String.valueOf(one.tenant()))
            .collect(Collectors.joining(", "));
    int more = group.size() - MOST_NAMED;
    return text(more > 0 ? names + " and " + more + " more" : names);
  }

  private Html row(List<TenantStatus> group) {
    MigrationStatus status = group.get(0).status();
    StatusColor tone = StatusColor.of(status);
    String number = group.size() == 1 ? "" : " × " + group.size();
    Html verdict = all(Formats.sign(tone.sign()), text(" " + status.verdict() + number));
    Html summary = tag("td", status.summary());
    return tag(
        "tr",
        named
            ? all(
                tag("th", names(group)).with("scope", "row"),
                tag("td", verdict).in(tone.styleClass()))
            : tag("th", verdict).with("scope", "row").in(tone.styleClass()),
        summary);
  }

  private Html more() {
    int more = groups().size() - MOST_SHOWN;
    return all(
        more > 0
            ? tag("p", "… and " + more + " other results; the command line names all tenants.")
            : Html.NONE,
        named ? Html.NONE : tag("p", "The names of tenants are shown only with details."));
  }
}
