// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.check.Stopwatch;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.Preflight.Connected;
import dev.schemaguard.preflight.Preflight.Decision;
import dev.schemaguard.preflight.Preflight.Requirement;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The summary of the tenants' results, built as they arrive. Tenants with nothing to report are
 * only counted, so that memory does not grow with their number. Thread-safe.
 */
final class TenantSummary {

  /**
   * The order in which the exit code of all tenants is chosen: the first of these that any tenant
   * has.
   */
  private static final List<Integer> WORST_FIRST = List.of(8, 9, 5, 4, 6, 7, 13, 3, 10, 11, 0);

  private static final Comparator<Map.Entry<String, TenantResult>> ORDER =
      Comparator.<Map.Entry<String, TenantResult>>comparingInt(
              one -> WORST_FIRST.indexOf(one.getValue().exitCode()))
          .thenComparing(one -> one.getValue().status().verdict())
          .thenComparing(Map.Entry::getKey);

  private static final Connected NOTHING_PENDING =
      new Connected(null, null, List.of(), Decision.ROLLING, null);

  private final Map<String, TenantResult> differing = new HashMap<>();
  private final RunningInTenants running = new RunningInTenants();
  private int usual;
  private @Nullable MigrationStatus usualStatus;

  /** Adds a result; it replaces an earlier one of that tenant that had something to report. */
  synchronized void add(String tenant, TenantResult result) {
    differing.remove(tenant);
    running.add(tenant, result);
    if (result.isUsual()) {
      usual++;
      usualStatus = result.status();
    } else {
      differing.put(tenant, result);
    }
  }

  /** Replaces the result of a tenant that has one. */
  synchronized void replace(String tenant, TenantResult result) {
    if (differing.remove(tenant) == null) {
      usual--;
    }
    add(tenant, result);
  }

  /** Returns how many results have arrived. */
  synchronized int size() {
    return usual + differing.size();
  }

  /** Returns the first {@code number} of the tenants with something to report, the worst first. */
  synchronized List<String> worst(int number) {
    return ordered().stream().limit(number).map(Map.Entry::getKey).toList();
  }

  /** Returns the status of all tenants. */
  synchronized MigrationStatus status(Stopwatch watch) {
    Map<Verdict, Integer> byVerdict = new EnumMap<>(Verdict.class);
    List<TenantStatus> worst = new ArrayList<>(differing.size());
    int incompatible = 0;
    for (Map.Entry<String, TenantResult> one : ordered()) {
      MigrationStatus status = one.getValue().status();
      byVerdict.merge(status.verdict(), 1, Integer::sum);
      worst.add(new TenantStatus(one.getKey(), status));
      incompatible += status.compatible() ? 0 : 1;
    }
    if (usual > 0) {
      byVerdict.merge(Verdict.UP_TO_DATE, usual, Integer::sum);
    }
    MigrationStatus first = worst.isEmpty() ? usualStatus : worst.get(0).status();
    if (first == null) {
      throw new IllegalStateException("no tenant was judged");
    }
    return new TenantsStatus(size(), incompatible, byVerdict, worst)
        .over(first, watch.begin(), watch.elapsed());
  }

  /**
   * Returns the preflight of all tenants: go only if it is go for each.
   *
   * @param inOneDatabase whether they share a database, and so its connections
   */
  synchronized Preflight preflight(boolean inOneDatabase, Stopwatch watch) {
    MigrationStatus status = status(watch);
    TreeSet<String> cannotRestart = new TreeSet<>();
    int noGo = 0;
    int toApply = 0;
    for (TenantResult one : differing.values()) {
      cannotRestart.addAll(one.cannotRestart());
      noGo += one.exitCode() == 0 ? 0 : 1;
      toApply += one.status().pendingRevisions().isEmpty() ? 0 : 1;
    }
    if (noGo > 0) {
      Map.Entry<String, TenantResult> worst = ordered().get(0);
      return new Preflight(
          status,
          false,
          worst.getValue().exitCode(),
          noGo + " of " + size() + " tenants: " + worst.getKey() + ": " + worst.getValue().reason(),
          worst.getValue().actions(),
          List.of(),
          connected(inOneDatabase),
          null,
          requires());
    }
    return new Preflight(
        status,
        true,
        0,
        toApply == 0
            ? "nothing is pending"
            : "to apply for " + toApply + " of " + size() + " tenants, then this version runs",
        List.of(),
        new ArrayList<>(cannotRestart),
        connected(inOneDatabase),
        null,
        requires());
  }

  /**
   * Returns what pending revisions require: each condition once, for the first tenant in which it
   * does not hold, or else the first in which it was asked.
   */
  private List<Requirement> requires() {
    Map<String, Requirement> byRevision = new LinkedHashMap<>();
    for (Map.Entry<String, TenantResult> one : ordered()) {
      for (Requirement each : one.getValue().requires()) {
        Requirement known = byRevision.get(each.revision());
        if (known == null || (each.isUnmet() && !known.isUnmet())) {
          byRevision.put(each.revision(), each.in(one.getKey()));
        }
      }
    }
    return new ArrayList<>(byRevision.values());
  }

  /** Returns what the tenants with pending revisions mean for the connected versions, at worst. */
  private Connected connected(boolean inOneDatabase) {
    Connected worst = NOTHING_PENDING;
    String where = "";
    for (Map.Entry<String, TenantResult> one : ordered()) {
      TenantResult result = one.getValue();
      if (!result.status().pendingRevisions().isEmpty() && isWorse(result.connected(), worst)) {
        worst = result.connected();
        where = one.getKey() + ": ";
      }
    }
    return new Connected(
        inOneDatabase ? worst.versions() : running.versions(),
        null,
        inOneDatabase ? worst.notSeen() : running.notSeen(),
        worst.decision(),
        worst.obstacle() == null ? null : where + worst.obstacle());
  }

  /** Returns whether one is worse for what is connected than another; what is unknown is worst. */
  private static boolean isWorse(Connected one, Connected other) {
    Decision decision = one.decision();
    Decision known = other.decision();
    return known != null && (decision == null || decision.compareTo(known) > 0);
  }

  private List<Map.Entry<String, TenantResult>> ordered() {
    return differing.entrySet().stream().sorted(ORDER).toList();
  }
}
