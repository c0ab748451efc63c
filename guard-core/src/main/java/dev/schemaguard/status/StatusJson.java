// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes the JSON form of a status, which is defined only here. */
final class StatusJson {

  private StatusJson() {}

  /**
   * The number of tenants that are written in full. Of the others, only what fits on a line is
   * written.
   */
  private static final int DETAILED_TENANTS = 20;

  static void write(MigrationStatus status, JsonObject json, int longest) {
    TenantsStatus tenants = status.tenants();
    if (tenants != null) {
      tenants(json, tenants, longest);
    }
    summary(status, json, longest).putObject("detail", detail -> detail(detail, status, longest));
  }

  private static void tenants(JsonObject json, TenantsStatus tenants, int longest) {
    List<TenantStatus> shown =
        tenants.worst().subList(0, Math.min(longest, tenants.worst().size()));
    List<Consumer<JsonObject>> contents = new ArrayList<>(shown.size());
    for (int i = 0; i < shown.size(); i++) {
      TenantStatus tenant = shown.get(i);
      boolean detailed = i < DETAILED_TENANTS;
      contents.add(object -> tenant(object, tenant, detailed, longest));
    }
    json.put("tenants", tenants.count())
        .putObject(
            "by_verdict",
            counts -> tenants.byVerdict().forEach((verdict, n) -> counts.put(verdict.name(), n)))
        .putObjects("worst", contents)
        .put("worst_omitted", tenants.worst().size() - shown.size());
  }

  private static void tenant(JsonObject json, TenantStatus tenant, boolean detailed, int longest) {
    MigrationStatus status = tenant.status();
    json.put("tenant", tenant.tenant()).put("verdict", status.verdict().name());
    summary(status, json, longest)
        .putObject("detail", detailed ? detail -> detail(detail, status, longest) : null);
  }

  private static JsonObject summary(MigrationStatus status, JsonObject json, int longest) {
    return json.put("current_revision", status.currentRevision())
        .put("expected_head", status.expectedHead())
        .put("is_compatible", status.compatible())
        .put("pending_count", status.pendingRevisions().size())
        .put("pending_revisions", names(status.pendingRevisions(), longest))
        .put("error", status.error())
        .put("summary", status.summary());
  }

  private static void detail(JsonObject detail, MigrationStatus status, int longest) {
    MigrationLock lock = status.migrationLock();
    Problem problem = status.problem();
    MigrationStatus.Stale stale = status.stale();
    MigrationStatus.Structure structure = status.structure();
    detail
        .put("verdict", status.verdict().name())
        .put("application", status.application())
        .put("app_version", status.appVersion())
        .put("matrix_row", status.matrixRow())
        .put("min_compatible_revision", status.minCompatibleRevision())
        .put("max_compatible_revision", status.maxCompatibleRevision())
        .put("ahead_revisions", names(status.aheadRevisions(), longest))
        .put("failed_revisions", names(status.failedRevisions(), longest))
        .put("tool", status.tool())
        .putObject("migration_lock", lock == null ? null : json -> lock(json, lock))
        .putObject("problem", problem == null ? null : json -> problem(json, problem))
        .put("notes", status.notes())
        .putObject("stale", stale == null ? null : json -> stale(json, stale))
        .put("checked_at", status.checkedAt().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("duration_ms", status.duration().toMillis())
        .putObject(
            "structure", structure == null ? null : json -> structure(json, structure, longest));
  }

  private static List<String> names(List<String> all, int longest) {
    if (all.size() <= longest) {
      return all;
    }
    List<String> first = new ArrayList<>(all.subList(0, longest));
    first.add("… and " + (all.size() - longest) + " more");
    return first;
  }

  private static void structure(JsonObject json, MigrationStatus.Structure structure, int longest) {
    json.put("compared", structure.compared())
        .put("result", structure.result().name().toLowerCase(Locale.ROOT))
        .put("missing", names(structure.missing(), longest))
        .put("changed", names(structure.changed(), longest))
        .put("newly_required", names(structure.newlyRequired(), longest));
  }

  private static void lock(JsonObject json, MigrationLock lock) {
    json.put("holder", lock.holder())
        .put("since", lock.since())
        .put("clock", lock.clock())
        .put("stale", lock.stale());
  }

  private static void problem(JsonObject json, Problem problem) {
    json.put("code", problem.code())
        .put("title", problem.title())
        .put("why", problem.why())
        .put("actions", problem.actions());
  }

  private static void stale(JsonObject json, MigrationStatus.Stale stale) {
    json.put("since", stale.since().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("error", stale.error());
  }
}
