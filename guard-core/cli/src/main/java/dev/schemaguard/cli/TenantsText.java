// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantStatus;
import dev.schemaguard.status.TenantsStatus;
import java.util.List;

/** Prints on a terminal which tenants differ. */
final class TenantsText {

  private static final int LABEL = 10;
  private static final int LINES = 20;
  private static final int LONGEST_NAME = 40;

  private final Output output;

  TenantsText(Output output) {
    this.output = output;
  }

  /** Prints the counts and the tenants with the worst verdicts, one per line. */
  void print(TenantsStatus tenants) {
    output.printLine("tenants", LABEL, tenants.count() + ": " + tenants.counts());
    List<TenantStatus> shown = tenants.worst().subList(0, Math.min(LINES, tenants.worst().size()));
    int width = Math.min(LONGEST_NAME, shown.stream().mapToInt(TenantsText::width).max().orElse(0));
    for (TenantStatus tenant : shown) {
      MigrationStatus status = tenant.status();
      output.printLine("  " + name(tenant), width + 3, status.verdict() + "  " + status.summary());
    }
    int more = tenants.worst().size() - shown.size();
    if (more > 0) {
      output.print("  … and " + more + " more; --format json names all of them");
    }
  }

  private static String name(TenantStatus tenant) {
    return String.valueOf(tenant.tenant());
  }

  private static int width(TenantStatus tenant) {
    return name(tenant).length();
  }
}
