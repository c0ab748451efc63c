// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.RunningVersion;
import dev.schemaguard.preflight.UpgradeTolerance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The versions that are connected to the databases of tenants: each once, with its connections to
 * all of them, and with the tenant where it tolerates the least. Guarded by the lock of its {@link
 * TenantSummary}.
 */
final class RunningInTenants {

  /** The maximum number of reasons that are listed. */
  private static final int MOST_REASONS = 5;

  private final Map<String, RunningVersion> versions = new TreeMap<>();
  private final Map<String, Integer> notSeen = new LinkedHashMap<>();
  private final Map<String, String> firstTenants = new LinkedHashMap<>();
  private boolean isAnySeen;

  /** Adds what was seen in one tenant's database. */
  void add(String tenant, TenantResult result) {
    List<RunningVersion> running = result.connected().versions();
    if (running != null) {
      isAnySeen = true;
      running.forEach(each -> versions.merge(each.version(), each, RunningInTenants::together));
    }
    for (String what : result.connected().notSeen()) {
      notSeen.merge(what, 1, Integer::sum);
      firstTenants.putIfAbsent(what, tenant);
    }
  }

  private static RunningVersion together(RunningVersion one, RunningVersion other) {
    return new RunningVersion(
        one.version(),
        one.connections() + other.connections(),
        weaker(one.tolerance(), other.tolerance()));
  }

  /** Returns the tolerance that blocks more, or else covers more; unknown blocks everything. */
  private static @Nullable UpgradeTolerance weaker(
      @Nullable UpgradeTolerance one, @Nullable UpgradeTolerance other) {
    if (one == null || other == null) {
      return null;
    }
    int blocked = Integer.compare(other.blocked().size(), one.blocked().size());
    int tolerated = Integer.compare(other.tolerated().size(), one.tolerated().size());
    return blocked > 0 || (blocked == 0 && tolerated > 0) ? other : one;
  }

  /** Returns the versions, as in {@link Preflight}. */
  @Nullable List<RunningVersion> versions() {
    return isAnySeen ? new ArrayList<>(versions.values()) : null;
  }

  /** Returns what else may be connected, as in {@link Preflight}: each reason once. */
  List<String> notSeen() {
    List<String> reasons = new ArrayList<>();
    notSeen.forEach(
        (what, count) -> {
          String tenant = firstTenants.get(what);
          String others = count == 1 ? "" : " and " + (count - 1) + " more";
          reasons.add("in " + tenant + others + ": " + what);
        });
    if (reasons.size() <= MOST_REASONS) {
      return reasons;
    }
    List<String> shown = new ArrayList<>(reasons.subList(0, MOST_REASONS));
    shown.add("and " + (reasons.size() - MOST_REASONS) + " more reasons");
    return shown;
  }
}
