// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.check.Check;
import dev.schemaguard.check.CheckResult;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The check that a wait for many databases repeats. A database that was compatible is not queried
 * again while others are not. Once all were, all are queried again, so that the last status holds
 * for all of them at about the same time. Used by one thread.
 */
final class RemainingTenants implements Check.Repeated {

  private final TenantsCheck check;
  private final Map<Tenant, TenantResult> compatible = new HashMap<>();
  private final Set<Tenant> unknown = new HashSet<>();

  RemainingTenants(TenantsCheck check) {
    this.check = check;
  }

  @Override
  public CheckResult run(Assessor assessor, Duration timeout) {
    boolean wereAllQueried = compatible.isEmpty();
    CheckResult result = check.repeat(assessor, timeout, this);
    if (wereAllQueried || !result.status().compatible()) {
      return result;
    }
    compatible.clear();
    return check.repeat(assessor, timeout, this);
  }

  /** Returns the results that still hold. */
  Map<Tenant, TenantResult> known() {
    return Map.copyOf(compatible);
  }

  /** Returns the tenants with those last whose state was unknown, because they may hang again. */
  List<Tenant> ordered(List<Tenant> tenants) {
    return tenants.stream().sorted(Comparator.comparing(unknown::contains)).toList();
  }

  /** Takes a result, which may come from any thread, one at a time. */
  synchronized void take(Tenant tenant, TenantResult result) {
    if (result.status().compatible()) {
      compatible.put(tenant, result);
    }
    if (result.status().verdict().isKnown()) {
      unknown.remove(tenant);
    } else {
      unknown.add(tenant);
    }
  }
}
