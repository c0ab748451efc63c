// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The part of a guard's status that health and info show, from memory.
 *
 * @param serving whether the instance should receive requests
 * @param details the details for an authorised reader; never empty
 */
record StatusReport(boolean serving, Map<String, Object> details) {

  private static final String VERDICT = "verdict";

  static StatusReport of(SchemaGuard guard) {
    MigrationStatus status = guard.status();
    Readiness readiness = guard.readiness();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put(VERDICT, status.verdict().name());
    details.put("compatible", status.compatible());
    details.put("readiness", readiness.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    details.put("summary", status.summary());
    details.put("current", status.currentRevision());
    details.put("expected", status.expectedHead());
    if (status.verdict().isKnown()) {
      details.put("pending", status.pendingRevisions().size());
      details.put("ahead", status.aheadRevisions().size());
    }
    TenantsStatus tenants = status.tenants();
    if (tenants != null && tenants.count() > 0) {
      details.put("tenants", tenants.count());
      details.put("by_verdict", counts(tenants));
    }
    details.put("problem", status.problem() == null ? null : status.problem().code());
    details.put("stale", status.stale() == null ? null : status.stale().error());
    details.put("checked", status.checkedAt().toString());
    details.values().removeIf(Objects::isNull);
    return new StatusReport(readiness.isServing(), details);
  }

  private static Map<String, Integer> counts(TenantsStatus tenants) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    tenants.byVerdict().forEach((verdict, number) -> counts.put(verdict.name(), number));
    return counts;
  }

  /**
   * Returns all details except texts, because an error may name a host, and a summary may name a
   * tenant.
   */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>(details);
    facts.keySet().removeAll(Set.of("summary", "stale"));
    return facts;
  }

  /** Returns the verdict alone, for readers who may not see details. */
  Map<String, Object> verdict() {
    return Map.of(VERDICT, details.get(VERDICT));
  }
}
