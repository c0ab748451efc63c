// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.status.JsonObject;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Stale;
import dev.schemaguard.status.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The readiness probe, from memory: 200 if this instance should receive requests (ready or
 * degraded), otherwise 503. The body contains the reasons.
 */
public final class ReadinessServlet extends PageServlet {

  private static final long serialVersionUID = 1L;

  /** Creates the servlet; called by the container. */
  public ReadinessServlet() {
    super(Page.READINESS);
  }

  @Override
  Reply reply(ContextGuard here, HttpServletRequest request) {
    return here.guard().map(guard -> reply(here, guard)).orElseGet(ReadinessServlet::inactive);
  }

  private static Reply reply(ContextGuard here, SchemaGuard guard) {
    // While the filter refuses requests, no requests should be routed to this instance.
    Readiness readiness = here.isOpen() ? guard.readiness() : Readiness.NOT_READY;
    MigrationStatus status = here.shown(guard.status());
    Problem problem = status.problem();
    return Reply.json(
        readiness.isServing() ? 200 : 503,
        new JsonObject()
            .put("status", readiness.name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .put("verdict", status.verdict().name())
            .put("problem", problem == null ? null : problem.code())
            .put("reasons", reasons(status, here.details())));
  }

  /** Names of migrations are included only if details may be shown. */
  private static List<String> reasons(MigrationStatus status, boolean details) {
    List<String> reasons = new ArrayList<>();
    Problem problem = status.problem();
    if (problem != null) {
      reasons.add(details ? status.summary() : problem.title());
    }
    Stale stale = status.stale();
    if (stale != null) {
      reasons.add("no new answer since " + stale.since() + ": " + stale.error());
    }
    return reasons;
  }

  /** Without a guard, there is no known reason against readiness. */
  private static Reply inactive() {
    return Reply.json(
        200,
        new JsonObject()
            .put("status", "ready")
            .put("verdict", (String) null)
            .put("problem", (String) null)
            .put("reasons", List.of("Schema Guard is inactive")));
  }
}
